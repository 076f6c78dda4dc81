package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.MethodSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps every record in memory and refuses whatever is told twice. */
public final class RecordingLedger implements CallLedger {
  private final List<Recorded> calls = new CopyOnWriteArrayList<>();
  private final List<Gauges.Source> sources = new CopyOnWriteArrayList<>();
  private final Map<String, TelemetryRules> telemetry = new ConcurrentHashMap<>();

  /** One call and everything told about it. */
  public static final class Recorded implements ClientCall {
    private final List<AttemptRecord> attempts = new CopyOnWriteArrayList<>();
    private final List<CallEvent> events = new CopyOnWriteArrayList<>();
    private volatile int begun;
    private volatile @Nullable CallRecord end;

    public List<AttemptRecord> attempts() {
      return attempts;
    }

    /** What happened because of it. */
    public List<CallEvent> events() {
      return events;
    }

    /** How it ended. */
    public CallRecord end() {
      CallRecord record = end;
      if (record == null) {
        throw new AssertionError("the ledger was not told the end of this call");
      }
      return record;
    }

    public boolean isOpen() {
      return end == null;
    }

    @Override
    public String traceId() {
      return "0123456789abcdef0123456789abcdef";
    }

    @Override
    public synchronized Attempt beginAttempt(int number, AttemptKind kind) {
      if (end != null || number != ++begun) {
        throw new AssertionError("attempt " + number + " begun out of turn");
      }
      return new RecordedAttempt();
    }

    @Override
    public synchronized void end(CallRecord record) {
      if (end != null || begun != attempts.size()) {
        throw new AssertionError("end told twice, or before the last attempt's: " + record);
      }
      end = record;
    }

    private final class RecordedAttempt implements Attempt {
      private boolean over;

      @Override
      public TraceContext wireContext() {
        return new TraceContext(1, 2, 3, TraceContext.SAMPLED, (byte) 0);
      }

      @Override
      public void event(CallEvent event) {
        events.add(event);
      }

      @Override
      public void end(AttemptRecord record, boolean keptByServer) {
        if (over) {
          throw new AssertionError("attempt's end told twice: " + record);
        }
        over = true;
        attempts.add(record);
      }
    }
  }

  /** All calls so far, oldest first. */
  public List<Recorded> calls() {
    return calls;
  }

  public Recorded last() {
    return calls.get(calls.size() - 1);
  }

  /** What all registered sources say now. */
  public List<Gauges.Sample> samples() {
    return sources.stream().flatMap(source -> source.read().stream()).toList();
  }

  @Override
  public ClientCall beginCall(MethodSpec<?, ?> method, String service) {
    Recorded call = new Recorded();
    calls.add(call);
    return call;
  }

  @Override
  public ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress) {
    throw new UnsupportedOperationException("this ledger records client calls only");
  }

  /** What was told last of a service. */
  public TelemetryRules telemetryOf(String service) {
    return telemetry.getOrDefault(service, TelemetryRules.NONE);
  }

  @Override
  public void telemetry(String service, TelemetryRules rules) {
    telemetry.put(service, rules);
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
    return new MetricsPage("text/plain", new byte[0]);
  }

  @Override
  public void close() {}
}
