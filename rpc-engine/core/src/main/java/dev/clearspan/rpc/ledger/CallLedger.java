package dev.clearspan.rpc.ledger;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where core writes down what happened. One ledger serves one process identity; all methods are
 * called concurrently, must not block, and must not throw.
 *
 * <p>The nesting of one call with a retry:
 *
 * <pre>
 * client                                  server
 * beginCall
 *   beginAttempt(1, FIRST) -- wire context --> beginServed, makeCurrent, end -> keep?
 *   attempt end
 *   beginAttempt(2, RETRY) -- wire context --> beginServed, makeCurrent, end -> keep?
 *   attempt end
 * call end
 * </pre>
 */
public interface CallLedger extends AutoCloseable {
  /**
   * A caller starts a call. Runs on the caller's thread, whose current OpenTelemetry context is the
   * parent.
   *
   * @param service the called service's name in the registry
   */
  ClientCall beginCall(MethodSpec<?, ?> method, String service);

  /**
   * A server has decoded a request. May run on an event loop.
   *
   * @param methodName full name; of a method the server does not have, too
   * @param remote the attempt's context from the wire; null when the caller sent none
   * @param callerService from the connection's HELLO; null when unknown
   * @param peerAddress the caller's "host:port"
   */
  ServedCall beginServed(
      String methodName,
      @Nullable TraceContext remote,
      @Nullable String callerService,
      String peerAddress);

  /**
   * A caller asks for this process' part of traces that have turned out to matter. Runs on an event
   * loop; what cannot be queued is dropped and counted.
   *
   * @param traceIds upper and lower half of each id in turn, at most {@link Callee#MOST_TRACES} ids
   */
  default void collect(long[] traceIds) {}

  /**
   * Switches recording of calls on or off, now. Off, calls have trace ids and pass them on, and
   * nothing else is done for them.
   */
  default void recording(boolean on) {}

  /**
   * What operators want recorded of calls to a service from now on; replaces what was said of it
   * before. Told by its clients and by its server. A ledger that keeps nothing ignores it.
   */
  default void telemetry(String service, TelemetryRules rules) {}

  /** Where breakers, balancers and connections show their current state. */
  Gauges gauges();

  /** How often this fleet's processes should push their metrics; may come at any time. */
  default void metricPushInterval(Duration interval) {
    // A ledger that pushes nothing has no use for it.
  }

  /** All metrics in Prometheus' text or OpenMetrics format, as asked for by an Accept header. */
  MetricsPage metricsPage(@Nullable String acceptHeader);

  /** Sends out what is buffered, waiting up to 2 s, and stops. */
  @Override
  void close();

  /** A client call in progress. */
  interface ClientCall {
    /** Trace id for error messages and logs, 32 hex digits. */
    String traceId();

    /**
     * What is to be sent with the call: its metadata and what the context carries from service to
     * service (baggage, tracestate).
     *
     * @param own the call's own metadata
     */
    default Metadata carried(Metadata own) {
      return own;
    }

    /** Something happened to the call itself. A ledger that keeps nothing ignores it. */
    default void event(CallEvent event) {}

    /** Starts an attempt. Attempts of one call may overlap only when hedged. */
    Attempt beginAttempt(int number, AttemptKind kind);

    /** The call is over. Called exactly once, after the last attempt's end. */
    void end(CallRecord record);
  }

  /** An attempt in progress. */
  interface Attempt {
    /** What goes on the wire; the server's span becomes its child. */
    TraceContext wireContext();

    /** Something happened because of the attempt. A ledger that keeps nothing ignores it. */
    default void event(CallEvent event) {}

    /**
     * The attempt is over. Called exactly once.
     *
     * @param keptByServer the server's response carried the keep bit
     */
    void end(AttemptRecord record, boolean keptByServer);
  }

  /** A served call in progress. */
  interface ServedCall {
    String traceId();

    /**
     * Makes this call's span the current one of this thread until the scope is closed.
     *
     * @param request the request's metadata, with what it carries from service to service
     */
    Scope makeCurrent(Metadata request);

    /**
     * The call is over. Called exactly once.
     *
     * @return whether the caller should keep its part too: the keep bit of the response
     */
    boolean end(ServedRecord record);
  }

  /** Undoes {@link ServedCall#makeCurrent} on the same thread. */
  interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /** A rendered metrics page and its Content-Type. */
  record MetricsPage(String contentType, byte[] body) {}
}
