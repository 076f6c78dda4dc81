package dev.clearspan.rpc.internal;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.internal.http2.GrpcTransport;
import dev.clearspan.rpc.internal.netty.NettyClientTransport;
import dev.clearspan.rpc.internal.tls.Alpn;
import dev.clearspan.rpc.internal.tls.ClientTls;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.ledger.Gauges;
import dev.clearspan.rpc.time.Scheduler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Connections in the protocol that each endpoint's address names. Thread-safe. */
final class ProtocolTransport implements ClientTransport {
  private final ClientTransport frames;
  private final ClientTransport grpc;

  /** {@code tls} is null for plaintext. */
  ProtocolTransport(Limits limits, @Nullable Tls tls) {
    this.frames = new NettyClientTransport(limits, opened(tls, Alpn.FRAMES));
    this.grpc = new GrpcTransport(limits, opened(tls, Alpn.HTTP_2), true);
  }

  private static @Nullable ClientTls opened(@Nullable Tls tls, String protocol) {
    return tls == null ? null : ClientTls.open(tls, protocol);
  }

  @Override
  public EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    ClientTransport chosen =
        switch (address.protocol()) {
          case CLEARSPAN -> frames;
          case GRPC -> grpc;
        };
    return chosen.open(address, identity, listener);
  }

  @Override
  public List<Gauges.Sample> gauges() {
    return frames.gauges();
  }

  @Override
  public Scheduler scheduler() {
    return frames.scheduler();
  }

  @Override
  public void close() {
    frames.close();
    grpc.close();
  }
}
