package dev.clearspan.tracing.internal.metric;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.ServedRecord;
import dev.clearspan.tracing.semconv.TelemetryNames;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the series of a method, on both sides. Thread-safe; finding those of a known method takes
 * no lock and makes nothing. Whoever makes many calls keeps what it found.
 */
public final class CallMetrics {
  /** Methods kept; those beyond are put together anew for each call. */
  private static final int KEPT = SeriesTable.LIMIT;

  private final SeriesTable table;
  private final Map<String, Map<String, ClientSeries>> called = new ConcurrentHashMap<>();
  private final Map<String, ServedSeries> served = new ConcurrentHashMap<>();

  public CallMetrics(SeriesTable table) {
    this.table = table;
  }

  /** Where lanes' counts come together. */
  public SeriesTable table() {
    return table;
  }

  /** A method that another service serves. */
  public ClientSeries called(String method, String service) {
    Map<String, ClientSeries> methods = called.get(service);
    ClientSeries known = methods == null ? null : methods.get(method);
    return known == null ? addCalled(method, service) : known;
  }

  /** A method of ours; also for a name that no method has. */
  public ServedSeries served(String method) {
    ServedSeries known = served.get(method);
    return known == null ? addServed(method) : known;
  }

  /** What a served call counts as: the server may not have the method that was asked for. */
  public ServedSeries served(String method, ServedRecord record) {
    return served(isUnknownMethod(record) ? TelemetryNames.OTHER_METHOD : method);
  }

  /** Whether the server had no such method: UNIMPLEMENTED, and no handler ran. */
  public static boolean isUnknownMethod(ServedRecord record) {
    return record.status().code() == Status.Code.UNIMPLEMENTED
        && record.handlerNanos() == record.endNanos();
  }

  private ClientSeries addCalled(String method, String service) {
    if (called.size() >= KEPT) {
      return new ClientSeries(table, method, service);
    }
    Map<String, ClientSeries> methods =
        called.computeIfAbsent(service, ignored -> new ConcurrentHashMap<>());
    return methods.size() < KEPT
        ? methods.computeIfAbsent(method, ignored -> new ClientSeries(table, method, service))
        : new ClientSeries(table, method, service);
  }

  private ServedSeries addServed(String method) {
    return served.size() < KEPT
        ? served.computeIfAbsent(method, ignored -> new ServedSeries(table, method))
        : new ServedSeries(table, method);
  }
}
