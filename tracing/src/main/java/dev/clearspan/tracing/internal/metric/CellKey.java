package dev.clearspan.tracing.internal.metric;

import static dev.clearspan.tracing.semconv.TelemetryNames.ATTEMPT_KIND;
import static dev.clearspan.tracing.semconv.TelemetryNames.ERROR_TYPE;
import static dev.clearspan.tracing.semconv.TelemetryNames.PEER_INSTANCE;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_METHOD;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_STATUS_CODE;
import static dev.clearspan.tracing.semconv.TelemetryNames.RPC_SYSTEM_NAME;
import static dev.clearspan.tracing.semconv.TelemetryNames.SERVER_ADDRESS;
import static dev.clearspan.tracing.semconv.TelemetryNames.SYSTEM;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.AttemptKind;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What tells one series of a metric from another. Attributes are built only when collecting. */
sealed interface CellKey {
  Attributes attributes();

  /** A client call as a whole. */
  record ClientCall(String method, String service, Status.Code code, @Nullable String errorType)
      implements CellKey {
    @Override
    public Attributes attributes() {
      return outcome(code, errorType)
          .put(RPC_SYSTEM_NAME, SYSTEM)
          .put(RPC_METHOD, method)
          .put(SERVER_ADDRESS, service)
          .build();
    }
  }

  /** A served call. */
  record ServedCall(String method, Status.Code code, @Nullable String errorType)
      implements CellKey {
    @Override
    public Attributes attributes() {
      return outcome(code, errorType).put(RPC_SYSTEM_NAME, SYSTEM).put(RPC_METHOD, method).build();
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
      implements CellKey {
    @Override
    public Attributes attributes() {
      return outcome(code, errorType)
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

  /** A method of ours. */
  record Method(String method) implements CellKey {
    @Override
    public Attributes attributes() {
      return Attributes.of(RPC_METHOD, method);
    }
  }

  private static AttributesBuilder outcome(Status.Code code, @Nullable String errorType) {
    return Attributes.builder().put(RPC_STATUS_CODE, code.name()).put(ERROR_TYPE, errorType);
  }
}
