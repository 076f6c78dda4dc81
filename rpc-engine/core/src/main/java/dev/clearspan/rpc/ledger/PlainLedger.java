package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The ledger without telemetry: it gives calls trace ids, hands them from a served call to the
 * calls its handler makes, and records and exports nothing. Its metrics page shows gauges only.
 */
public final class PlainLedger implements CallLedger {
  private static final ThreadLocal<@Nullable TraceContext> CURRENT = new ThreadLocal<>();

  private final List<Gauges.Source> sources = new CopyOnWriteArrayList<>();

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    TraceContext parent = CURRENT.get();
    return new PlainCall(parent == null ? TraceIds.newTrace() : TraceIds.child(parent));
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    return new PlainServed(
        remote == null || !remote.isValid() ? TraceIds.newTrace() : TraceIds.child(remote));
  }

  @Override
  public Gauges gauges() {
    return source -> {
      sources.add(source);
      return () -> sources.remove(source);
    };
  }

  @Override
  public MetricsPage metricsPage(@Nullable String acceptHeader) {
    StringBuilder page = new StringBuilder();
    sources.forEach(source -> source.read().forEach(sample -> append(page, sample)));
    return new MetricsPage(
        "text/plain; version=0.0.4; charset=utf-8",
        page.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {}

  private static void append(StringBuilder page, Gauges.Sample sample) {
    page.append(promName(sample.name())).append(sample.monotonic() ? "_total{" : "{");
    sample
        .attributes()
        .forEach(
            (key, value) ->
                page.append(promName(key)).append("=\"").append(escape(value)).append("\","));
    page.append("} ").append(String.format(Locale.ROOT, "%s", sample.value())).append('\n');
  }

  private static String promName(String name) {
    return name.replaceAll("[^a-zA-Z0-9_:]", "_");
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private record PlainCall(TraceContext context) implements ClientCall, Attempt {
    @Override
    public String traceId() {
      return context.traceId();
    }

    @Override
    public Attempt beginAttempt(int number, AttemptKind kind) {
      return this;
    }

    @Override
    public TraceContext wireContext() {
      return context;
    }

    @Override
    public void event(CallEvent event) {}

    @Override
    public void end(AttemptRecord record, boolean keptByServer) {}

    @Override
    public void end(CallRecord record) {}
  }

  private record PlainServed(TraceContext context) implements ServedCall {
    @Override
    public String traceId() {
      return context.traceId();
    }

    @Override
    public Scope makeCurrent(Metadata request) {
      TraceContext before = CURRENT.get();
      CURRENT.set(context);
      return () -> CURRENT.set(before);
    }

    @Override
    public boolean end(ServedRecord record) {
      return false;
    }
  }
}
