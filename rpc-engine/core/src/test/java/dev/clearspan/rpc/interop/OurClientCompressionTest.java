package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Compression;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.http2.GrpcTransport;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.testing.integration.Messages.BoolValue;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import io.grpc.testing.integration.TestServiceImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The interop cases about compression with our client, and stock grpc-java or ourselves as its
 * server. Requests are compressed by the channel: all of a call or none.
 */
class OurClientCompressionTest {
  private static final int LARGE_REQUEST = 271_828;
  private static final int LARGE_RESPONSE = 314_159;
  private static final CallOptions PATIENT =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private Server stock;
  private RpcServer ours;
  private WireTap tap;

  /** Asks nobody for their health: the tap would see that, too. */
  private final GrpcTransport transport = new GrpcTransport(Limits.DEFAULT, null, false);

  /** Who answers. */
  enum Peer {
    STOCK,
    OURS
  }

  @BeforeEach
  void start() throws Exception {
    stock =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new TestServiceImpl(timers))
            .build()
            .start();
    ours =
        RpcServer.builder("interop")
            .service(new InteropService(number -> tap.requests.get(number)))
            .start();
  }

  @AfterEach
  void stop() throws Exception {
    transport.close();
    tap.close();
    ours.close();
    assertThat(stock.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    timers.shutdownNow();
  }

  /** grpc-java's server does not check requests, so the probe is ours only. */
  @Test
  void client_compressed_unary_probe() throws Exception {
    try (RpcChannel plain = channel(Peer.OURS, Compression.NONE)) {
      SimpleRequest probe = large().setExpectCompressed(is(true)).build();
      RpcException refused =
          catchThrowableOfType(
              RpcException.class, () -> plain.call(InteropService.UNARY, probe, PATIENT));
      assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @ParameterizedTest
  @CsvSource({"STOCK, true", "STOCK, false", "OURS, true", "OURS, false"})
  void client_compressed_unary(Peer peer, boolean packed) throws Exception {
    SimpleRequest request = large().setExpectCompressed(is(packed)).build();
    try (RpcChannel channel = channel(peer, packed ? Compression.GZIP : Compression.NONE)) {
      assertThat(size(channel, request)).isEqualTo(LARGE_RESPONSE);
    }
    assertThat(tap.requests).containsExactly(packed);
  }

  @ParameterizedTest
  @CsvSource({"STOCK, true", "STOCK, false", "OURS, true", "OURS, false"})
  void client_compressed_streaming(Peer peer, boolean packed) throws Exception {
    try (RpcChannel channel = channel(peer, packed ? Compression.GZIP : Compression.NONE);
        var stream = channel.open(InteropService.INPUT, PATIENT)) {
      stream.send(input(27_182, packed));
      stream.send(input(45_904, packed));
      stream.finish();
      assertThat(stream.receive().getAggregatedPayloadSize()).isEqualTo(73_086);
    }
    assertThat(tap.requests).containsExactly(packed, packed);
  }

  @ParameterizedTest
  @EnumSource
  void server_compressed_unary(Peer peer) throws Exception {
    try (RpcChannel channel = channel(peer, Compression.NONE)) {
      for (boolean packed : new boolean[] {true, false}) {
        SimpleRequest request = large().setResponseCompressed(is(packed)).build();
        assertThat(size(channel, request)).isEqualTo(LARGE_RESPONSE);
      }
    }
    assertThat(tap.replies).containsExactly(true, false);
  }

  /** grpc-java's test service does not compress the messages of streams. */
  @Test
  void server_compressed_streaming() throws Exception {
    List<Integer> sizes = new ArrayList<>();
    try (RpcChannel channel = channel(Peer.OURS, Compression.NONE);
        var stream = channel.open(InteropService.OUTPUT, PATIENT)) {
      stream.send(
          StreamingOutputCallRequest.newBuilder()
              .addResponseParameters(output(31_415, true))
              .addResponseParameters(output(92_653, false))
              .build());
      stream.finish();
      StreamingOutputCallResponse reply;
      while ((reply = stream.receive()) != null) {
        sizes.add(reply.getPayload().getBody().size());
      }
    }
    assertThat(sizes).containsExactly(31_415, 92_653);
    assertThat(tap.replies).containsExactly(true, false);
  }

  private RpcChannel channel(Peer peer, Compression compression) throws Exception {
    tap = new WireTap(peer == Peer.STOCK ? stock.getPort() : ours.port());
    return RpcChannel.builder("interop")
        .transport(transport)
        .target("127.0.0.1", tap.port())
        .protocol(Protocol.GRPC)
        .compression(compression)
        .build();
  }

  private static int size(RpcChannel channel, SimpleRequest request) {
    return channel.call(InteropService.UNARY, request, PATIENT).getPayload().getBody().size();
  }

  private static SimpleRequest.Builder large() {
    return SimpleRequest.newBuilder()
        .setResponseSize(LARGE_RESPONSE)
        .setPayload(payload(LARGE_REQUEST));
  }

  private static StreamingInputCallRequest input(int size, boolean compressed) {
    return StreamingInputCallRequest.newBuilder()
        .setExpectCompressed(is(compressed))
        .setPayload(payload(size))
        .build();
  }

  private static ResponseParameters output(int size, boolean compressed) {
    return ResponseParameters.newBuilder().setSize(size).setCompressed(is(compressed)).build();
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static BoolValue is(boolean value) {
    return BoolValue.newBuilder().setValue(value).build();
  }
}
