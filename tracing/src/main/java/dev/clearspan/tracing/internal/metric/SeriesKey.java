package dev.clearspan.tracing.internal.metric;

import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPT_KIND;
import static dev.clearspan.tracing.semconv.TelemetryNames.ERROR_TYPE;
import static dev.clearspan.tracing.semconv.TelemetryNames.IO_DIRECTION;
import static dev.clearspan.tracing.semconv.TelemetryNames.OVERFLOW;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_INSTANCE;
import static dev.clearspan.tracing.semconv.TelemetryNames.REASON;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_METHOD;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_SYSTEM_NAME;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SYSTEM;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import dev.clearspan.tracing.semconv.Conventions;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What tells one series of a metric from another. Attributes are built only when collecting. */
sealed interface SeriesKey {
  Measure measure();

  Attributes attributes(Conventions conventions);

  /** Takes what no longer fits. */
  record Overflow(Measure measure) implements SeriesKey {
    @Override
    public Attributes attributes(Conventions conventions) {
      return Attributes.of(OVERFLOW, true);
    }
  }

  /** A client call as a whole. */
  record ClientCall(String method, String service, Status.Code code, @Nullable String errorType)
      implements SeriesKey {
    @Override
    public Measure measure() {
      return Measure.CLIENT_CALL;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return outcome(conventions, code, errorType)
          .put(RPC_SYSTEM_NAME, SYSTEM)
          .put(RPC_METHOD, method)
          .put(SERVER_ADDRESS, service)
          .build();
    }
  }

  /** A served call. */
  record ServedCall(String method, Status.Code code, @Nullable String errorType)
      implements SeriesKey {
    @Override
    public Measure measure() {
      return Measure.SERVED_CALL;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return outcome(conventions, code, errorType)
          .put(RPC_SYSTEM_NAME, SYSTEM)
          .put(RPC_METHOD, method)
          .build();
    }
  }

  /** One attempt of a client call; without a peer when none was picked. */
  record Attempt(
      String method,
      String service,
      @Nullable String peer,
      Status.Code code,
      @Nullable String errorType,
      AttemptKind kind)
      implements SeriesKey {
    @Override
    public Measure measure() {
      return Measure.ATTEMPT;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return outcome(conventions, code, errorType)
          .put(RPC_METHOD, method)
          .put(SERVER_ADDRESS, service)
          .put(PEER_INSTANCE, peer)
          .put(ATTEMPT_KIND, kind.name().toLowerCase(Locale.ROOT))
          .build();
    }

    /** The coarser series of {@code /metrics}: neither status nor kind. */
    Attributes countedAs() {
      return Attributes.builder()
          .put(RPC_METHOD, method)
          .put(SERVER_ADDRESS, service)
          .put(PEER_INSTANCE, peer)
          .put(ERROR_TYPE, errorType)
          .build();
    }
  }

  /** A method that another service serves: time between the attempts of a call. */
  record RetryDelay(String method, String service) implements SeriesKey {
    @Override
    public Measure measure() {
      return Measure.RETRY_DELAY;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return Attributes.of(RPC_METHOD, method, SERVER_ADDRESS, service);
    }
  }

  /** A method of ours: time before its handler. */
  record Queue(String method) implements SeriesKey {
    @Override
    public Measure measure() {
      return Measure.QUEUE;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return Attributes.of(RPC_METHOD, method);
    }
  }

  /** A method of ours: calls that no handler saw. */
  record Rejected(String method, Status.Code code) implements SeriesKey {
    @Override
    public Measure measure() {
      return Measure.REJECTED;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return Attributes.of(RPC_METHOD, method, REASON, code.name());
    }
  }

  /**
   * Messages one way.
   *
   * @param service the called one; null on its own side
   */
  record Message(String method, @Nullable String service, Direction direction)
      implements SeriesKey {
    @Override
    public Measure measure() {
      return service == null ? Measure.SERVER_MESSAGE : Measure.CLIENT_MESSAGE;
    }

    @Override
    public Attributes attributes(Conventions conventions) {
      return Attributes.builder()
          .put(RPC_METHOD, method)
          .put(SERVER_ADDRESS, service)
          .put(IO_DIRECTION, direction.name().toLowerCase(Locale.ROOT))
          .build();
    }
  }

  /** OpenTelemetry's words. */
  enum Direction {
    TRANSMIT,
    RECEIVE
  }

  private static AttributesBuilder outcome(
      Conventions conventions, Status.Code code, @Nullable String errorType) {
    return conventions.putStatus(Attributes.builder(), code).put(ERROR_TYPE, errorType);
  }
}
