package dev.clearspan.console.intake;

import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.util.List;

/**
 * The log records of one export request, already within the {@link SpanLimits}.
 *
 * @param logs every record has a valid trace id
 * @param count records in all
 * @param bytes size as protobuf
 */
public record LogBatch(List<ResourceLogs> logs, int count, long bytes) implements Batch {
  public LogBatch {
    logs = List.copyOf(logs);
  }
}
