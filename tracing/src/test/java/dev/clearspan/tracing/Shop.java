package dev.clearspan.tracing;

import dev.clearspan.rpc.Codec;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.CallRecord;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.tracing.testing.CollectorFixture;
import dev.clearspan.tracing.testing.EndedAttempt;
import dev.clearspan.tracing.testing.EndedCall;
import dev.clearspan.tracing.testing.EndedServed;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls that the tests tell ledgers of. */
final class Shop {
  static final MethodSpec<byte[], byte[]> PLACE = method("shop.Orders/Place");
  static final MethodSpec<byte[], byte[]> CHARGE = method("shop.Payments/Charge");
  static final Status UNAVAILABLE = Status.of(Status.Code.UNAVAILABLE, "connection reset");
  static final Status NOT_FOUND = Status.of(Status.Code.NOT_FOUND, "no order 7");
  static final String PEER = "10.0.0.7:9090";
  static final long MILLI = 1_000_000;

  private Shop() {}

  /** A ledger that exports to the collector, closed before it looks for spans left over. */
  static TracingLedger ledger(CollectorFixture collector, String service, String... settings) {
    return ledger(collector, ProcessIdentity.of(service).withInstanceId(service + "-1"), settings);
  }

  static TracingLedger ledger(
      CollectorFixture collector, ProcessIdentity identity, String... settings) {
    Map<String, String> environment = new HashMap<>();
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    environment.put("CLEARSPAN_METRIC_PUSH_INTERVAL_MILLIS", "100");
    for (int i = 0; i < settings.length; i += 2) {
      environment.put(settings[i], settings[i + 1]);
    }
    return collector.closeBeforeCheck(
        TracingLedger.open(identity, TelemetrySettings.from(environment::get)));
  }

  static EndedAttempt attempt(int number, AttemptKind kind, Status status) {
    long now = System.nanoTime();
    return new EndedAttempt(
        number,
        kind,
        "orders-" + number,
        PEER,
        status,
        status.isOk() ? "OK" : "STATUS",
        errorType(status),
        now - 2 * MILLI,
        now,
        10,
        20,
        MILLI,
        MILLI / 2);
  }

  /** No endpoint was picked. */
  static AttemptRecord refused(String errorType) {
    long now = System.nanoTime();
    return new EndedAttempt(
        1,
        AttemptKind.FIRST,
        null,
        null,
        UNAVAILABLE,
        "NOT_SENT",
        errorType,
        now,
        now,
        0,
        0,
        -1,
        -1);
  }

  static CallRecord call(int attempts, Status status) {
    return call(attempts, status, errorType(status));
  }

  static CallRecord call(int attempts, Status status, @Nullable String errorType) {
    long now = System.nanoTime();
    return new EndedCall(status, errorType, attempts, now - 5 * MILLI, now);
  }

  static ServedRecord served(Status status) {
    long now = System.nanoTime();
    return new EndedServed(status, errorType(status), now - 2 * MILLI, now - MILLI, now, 10, 20);
  }

  static ServedRecord servedUnknownMethod() {
    long now = System.nanoTime();
    Status status = Status.of(Status.Code.UNIMPLEMENTED, "no such method");
    return new EndedServed(status, "UNIMPLEMENTED", now - MILLI, now, now, 10, 0);
  }

  private static @Nullable String errorType(Status status) {
    return Optional.of(status).filter(s -> !s.isOk()).map(s -> s.code().name()).orElse(null);
  }

  private static MethodSpec<byte[], byte[]> method(String name) {
    return new MethodSpec<>(name, MethodKind.QUERY, true, new Bytes(), new Bytes());
  }

  private static final class Bytes implements Codec<byte[]> {
    @Override
    public String name() {
      return "bytes";
    }

    @Override
    public int sizeOf(byte[] message) {
      return message.length;
    }

    @Override
    public void encode(byte[] message, ByteBuffer target) {
      target.put(message);
    }

    @Override
    public byte[] decode(ByteBuffer source) {
      byte[] message = new byte[source.remaining()];
      source.get(message);
      return message;
    }
  }
}
