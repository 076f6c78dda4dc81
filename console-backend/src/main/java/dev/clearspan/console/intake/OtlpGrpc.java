package dev.clearspan.console.intake;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OTLP over gRPC, on our own server: the same signals as over HTTP, with the same bounds.
 * Thread-safe.
 */
final class OtlpGrpc implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpGrpc.class);
  private static final Duration STOP = Duration.ofSeconds(2);
  private static final int AT_ONCE = 64;

  /** An exporter sends one batch after the other; a body is held whole before it is looked at. */
  private static final int AT_ONCE_PER_CONNECTION = 4;

  private static final int CONNECTIONS = 1_024;
  private static final BytesCodec BYTES = new BytesCodec();

  private final IngestToken token;
  private final ByteBudget budget;
  private final RpcServer server;

  private OtlpGrpc(
      IntakeConfig config, OtlpSignals signals, ByteBudget budget, IntakeCounters counters) {
    this.token = new IngestToken(config.token());
    this.budget = budget;
    RpcServerBuilder builder =
        RpcServer.builder("otlp")
            .identity(ProcessIdentity.of("otlp"))
            .host(config.host())
            .port(config.grpcPort())
            .ledger(new RefusalLedger(counters.rejectedRequests))
            .standardServices(false)
            .limit(Limit.MESSAGE_BYTES, config.maxBodyBytes())
            .limit(Limit.DECODED_RATIO, config.maxInflation())
            .limit(Limit.IN_FLIGHT, AT_ONCE)
            .limit(Limit.IN_FLIGHT_PER_CONNECTION, AT_ONCE_PER_CONNECTION)
            .limit(Limit.CONNECTIONS, CONNECTIONS);
    if (config.tls() != null) {
      builder.tls(config.tls());
    }
    signals.byName().forEach((name, signal) -> builder.service(service(name, signal)));
    this.server = builder.start();
  }

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken; the message says what to do
   */
  static OtlpGrpc start(
      IntakeConfig config, OtlpSignals signals, ByteBudget budget, IntakeCounters counters) {
    try {
      return new OtlpGrpc(config, signals, budget, counters);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "port "
              + config.grpcPort()
              + " cannot be bound, probably an OpenTelemetry collector listens there (expected: a"
              + " free port). Stop that program, or set CLEARSPAN_OTLP_GRPC_PORT to another port;"
              + " 0 takes any free one, -1 offers no OTLP over gRPC.",
          e);
    }
  }

  int port() {
    return server.port();
  }

  private RpcService service(String name, Signal signal) {
    MethodSpec<byte[], byte[]> export =
        new MethodSpec<>(name + "/Export", MethodKind.WRITE, false, BYTES, BYTES);
    ServiceDefinition definition =
        new ServiceDefinition(
            name, List.of(BoundMethod.unary(export, body -> take(body, signal))), null);
    return () -> definition;
  }

  private byte[] take(byte[] body, Signal signal) {
    try (ByteBudget.Share share = budget.open()) {
      Call call = Call.current();
      token.check(call == null ? null : call.spec().metadata().first("authorization"));
      share.grow(body.length);
      return signal.take(body, OtlpFormat.PROTOBUF);
    } catch (Refusal refusal) {
      LOG.debug("OTLP call refused: {}", refusal.getMessage());
      throw GrpcRefusal.of(refusal);
    }
  }

  @Override
  public void close() {
    server.stop(STOP);
  }
}
