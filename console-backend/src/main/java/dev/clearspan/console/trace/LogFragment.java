package dev.clearspan.console.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one batch logged within one trace, the unit that is stored. */
record LogFragment(TraceId id, Packed packed) {
  // H2 takes up to 1 MiB in one value.
  private static final int SPLIT_BYTES = 256 << 10;

  /** Sorts the records of a batch by trace. */
  static List<LogFragment> of(List<ResourceLogs> batch, Packed.Packer packer) {
    Map<ByteString, Gathering> open = new LinkedHashMap<>();
    List<LogFragment> done = new ArrayList<>();
    for (ResourceLogs resource : batch) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        for (LogRecord log : scope.getLogRecordsList()) {
          Gathering gathering = open.computeIfAbsent(log.getTraceId(), Gathering::new);
          gathering.add(resource.getResource(), scope.getScope(), log);
          if (gathering.bytes > SPLIT_BYTES) {
            open.remove(log.getTraceId());
            done.add(gathering.fragment(packer));
          }
        }
      }
    }
    open.values().forEach(gathering -> done.add(gathering.fragment(packer)));
    return done;
  }

  /** The lines that stored bytes hold. */
  static List<LogLine> read(LogsData data) {
    List<LogLine> lines = new ArrayList<>();
    for (ResourceLogs resource : data.getResourceLogsList()) {
      Map<String, Object> attributes =
          AttributeText.map(resource.getResource().getAttributesList());
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        scope
            .getLogRecordsList()
            .forEach(log -> lines.add(LogLine.of(attributes, scope.getScope().getName(), log)));
      }
    }
    return lines;
  }

  private static final class Gathering {
    private final TraceId id;
    private final Map<Resource, Map<InstrumentationScope, ScopeLogs.Builder>> resources =
        new LinkedHashMap<>();
    private long bytes;

    Gathering(ByteString traceId) {
      this.id = TraceId.of(traceId);
    }

    void add(Resource resource, InstrumentationScope scope, LogRecord log) {
      resources
          .computeIfAbsent(
              resource,
              known -> {
                bytes += known.getSerializedSize();
                return new LinkedHashMap<>();
              })
          .computeIfAbsent(scope, known -> ScopeLogs.newBuilder().setScope(known))
          // Which trace it is of the row tells.
          .addLogRecords(log.toBuilder().clearTraceId());
      bytes += log.getSerializedSize();
    }

    LogFragment fragment(Packed.Packer packer) {
      LogsData.Builder data = LogsData.newBuilder();
      resources.forEach(
          (resource, scopes) -> {
            ResourceLogs.Builder logs = data.addResourceLogsBuilder().setResource(resource);
            scopes.values().forEach(logs::addScopeLogs);
          });
      return new LogFragment(id, packer.pack(data.build().toByteArray()));
    }
  }
}
