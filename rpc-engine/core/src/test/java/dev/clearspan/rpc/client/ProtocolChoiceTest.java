package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.control.FakeRegistry;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which protocol an instance is called in. */
class ProtocolChoiceTest extends ChannelFixture {
  private final List<Protocol> opened = new ArrayList<>();

  @Test
  void framesIfTheInstanceSpeaksThemOrSaysNothing() {
    open(builder -> builder.transport(noting()));
    registry.put(instance(1));
    registry.put(instance(2, "clearspan/1", "http/1.1"));
    registry.put(instance(3, "grpc", "clearspan/1", "connect"));

    assertThat(opened).containsExactly(Protocol.CLEARSPAN, Protocol.CLEARSPAN, Protocol.CLEARSPAN);
  }

  @Test
  void grpcIfItSpeaksOnlyThat() {
    open(builder -> builder.transport(noting()));
    registry.put(instance(1, "grpc"));

    assertThat(opened).containsExactly(Protocol.GRPC);
  }

  @Test
  void whatTheChannelSaysWins() {
    open(builder -> builder.transport(noting()).protocol(Protocol.GRPC));
    registry.put(instance(1, "clearspan/1"));

    assertThat(opened).containsExactly(Protocol.GRPC);
  }

  private static Instance instance(int port, String... protocols) {
    return FakeRegistry.instance("payments", port).toBuilder()
        .clearProtocols()
        .addAllProtocols(List.of(protocols))
        .build();
  }

  private ClientTransport noting() {
    return new ClientTransport() {
      @Override
      public EndpointConnection open(
          EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
        opened.add(address.protocol());
        return transport.open(address, identity, listener);
      }

      @Override
      public Scheduler scheduler() {
        return transport.scheduler();
      }

      @Override
      public void close() {}
    };
  }
}
