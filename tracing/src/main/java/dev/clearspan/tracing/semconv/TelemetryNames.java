package dev.clearspan.tracing.semconv;

import static io.opentelemetry.api.common.AttributeKey.booleanKey;
import static io.opentelemetry.api.common.AttributeKey.doubleKey;
import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.clearspan.rpc.Status;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of spans, metrics and attributes, and the rules for a span's status: those of
 * OpenTelemetry's RPC conventions where they have a word, {@code clearspan.*} elsewhere. No other
 * class spells a name. Where editions of the conventions differ, {@link Conventions} chooses.
 */
public final class TelemetryNames {
  /** Instrumentation scope of all that Clearspan itself emits. */
  public static final String SCOPE = "dev.clearspan";

  public static final String SYSTEM = "clearspan";

  /** Stands for the name of a method that the server does not have: callers choose that name. */
  public static final String OTHER_METHOD = "_OTHER";

  public static final AttributeKey<String> RPC_SYSTEM_NAME = stringKey("rpc.system.name");
  public static final AttributeKey<String> RPC_METHOD = stringKey("rpc.method");
  public static final AttributeKey<String> RPC_METHOD_ORIGINAL = stringKey("rpc.method_original");
  static final AttributeKey<String> STATUS_CODE_V1_44 = stringKey("rpc.response.status_code");
  static final AttributeKey<String> STATUS_CODE = stringKey("rpc.status_code");
  public static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  public static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
  public static final AttributeKey<String> PEER_ADDRESS = stringKey("network.peer.address");
  public static final AttributeKey<Long> PEER_PORT = longKey("network.peer.port");
  public static final AttributeKey<String> PEER_INSTANCE = stringKey("clearspan.peer.instance");
  public static final AttributeKey<Long> ATTEMPTS = longKey("clearspan.attempts");
  public static final AttributeKey<Long> ATTEMPT = longKey("clearspan.attempt");
  public static final AttributeKey<String> ATTEMPT_KIND = stringKey("clearspan.attempt.kind");
  public static final AttributeKey<String> OUTCOME = stringKey("clearspan.outcome");
  public static final AttributeKey<Double> SERVER_MS = doubleKey("clearspan.server_ms");
  public static final AttributeKey<Double> QUEUE_MS = doubleKey("clearspan.queue_ms");
  public static final AttributeKey<String> CALLER = stringKey("clearspan.caller");

  /** Why a span is exported although its trace was not chosen at its root, or that it was. */
  public static final AttributeKey<String> KEEP_REASON = stringKey("clearspan.keep.reason");

  /** Something of the trace is known to be missing below this span. */
  public static final AttributeKey<Boolean> PARTIAL = booleanKey("clearspan.partial");

  public static final AttributeKey<String> SIGNAL = stringKey("signal");
  public static final AttributeKey<String> REASON = stringKey("reason");

  /** An event of the call by which a breaker changed its state. */
  public static final String BREAKER_EVENT = "clearspan.breaker.transition";

  /** An event of the first call to meet panic, or its end. */
  public static final String PANIC_EVENT = "clearspan.panic";

  /** An event of a call into which a fault was put on purpose. */
  public static final String FAULT_EVENT = "clearspan.fault";

  /** An event of a failed call whose caller got a reply all the same. */
  public static final String FALLBACK_EVENT = "clearspan.fallback";

  public static final AttributeKey<String> KIND = stringKey("kind");
  public static final AttributeKey<String> SOURCE = stringKey("source");
  public static final AttributeKey<String> FROM = stringKey("from");
  public static final AttributeKey<String> TO = stringKey("to");
  public static final AttributeKey<String> CAUSE = stringKey("cause");

  /** The cause in words. */
  public static final AttributeKey<String> DETAIL = stringKey("clearspan.detail");

  /** OpenTelemetry's: {@code transmit} or {@code receive}. */
  public static final AttributeKey<String> IO_DIRECTION = stringKey("network.io.direction");

  /** Of the classic totals: {@code client} or {@code server}. */
  public static final AttributeKey<String> SIDE = stringKey("side");

  /** Marks the one series that takes what no longer fits; the OpenTelemetry SDK's own name. */
  public static final AttributeKey<Boolean> OVERFLOW = booleanKey("otel.metric.overflow");

  public static final AttributeKey<String> SERVICE_NAME = stringKey("service.name");
  public static final AttributeKey<String> SERVICE_INSTANCE_ID = stringKey("service.instance.id");
  public static final AttributeKey<String> HOST_NAME = stringKey("host.name");
  public static final AttributeKey<Long> PROCESS_PID = longKey("process.pid");
  public static final AttributeKey<String> ENV = stringKey("clearspan.env");
  public static final AttributeKey<String> PROCESS_ID = stringKey("clearspan.process.id");

  public static final Instrument CLIENT_CALL_DURATION =
      new Instrument(
          "rpc.client.call.duration",
          "s",
          "Time from the caller's call to its result, retries included.");
  public static final Instrument SERVER_CALL_DURATION =
      new Instrument(
          "rpc.server.call.duration",
          "s",
          "Time from the decoded request to the reply handed to the connection.");
  public static final Instrument ATTEMPT_DURATION =
      new Instrument("clearspan.client.attempt.duration", "s", "Time of one attempt of a call.");
  public static final Instrument ATTEMPTS_MADE =
      new Instrument("clearspan.client.attempts", "{attempt}", "Attempts that ended.");
  public static final Instrument PICKS =
      new Instrument(
          "clearspan.lb.picks", "{attempt}", "Attempts for which an endpoint was picked.");
  public static final Instrument TRANSPARENT_RETRIES =
      new Instrument(
          "clearspan.client.call.transparent_retries",
          "{attempt}",
          "Attempts that repeated one that no handler saw.");
  public static final Instrument RETRY_DELAY =
      new Instrument(
          "clearspan.client.call.retry_delay",
          "s",
          "Time in a retried call when no attempt was in progress.");
  public static final Instrument CLIENT_MESSAGE_SIZE =
      new Instrument(
          "clearspan.client.message.size", "By", "Encoded messages of an attempt, one way.");
  public static final Instrument SERVER_MESSAGE_SIZE =
      new Instrument(
          "clearspan.server.message.size", "By", "Encoded messages of a served call, one way.");
  public static final Instrument REJECTED =
      new Instrument(
          "clearspan.server.rejected",
          "{call}",
          "Calls answered without a handler, by status code.");

  /** The classic totals, on {@code /metrics} only. */
  public static final Instrument CALLS_TOTAL = new Instrument("rpc.calls", "{call}", "Calls.");

  public static final Instrument ERRORS_TOTAL =
      new Instrument("rpc.errors", "{call}", "Calls that failed.");
  public static final Instrument QUEUE_DURATION =
      new Instrument(
          "clearspan.server.queue.duration", "s", "Time a request waited for its handler.");
  public static final Instrument TELEMETRY_EXPORTED =
      new Instrument(
          "clearspan.telemetry.exported", "{item}", "Spans and metric pushes a collector took.");
  public static final Instrument TELEMETRY_LOST =
      new Instrument(
          "clearspan.telemetry.lost",
          "{item}",
          "Spans dropped, and calls counted in the overflow series.");
  public static final Instrument TELEMETRY_PUSH_FAILURES =
      new Instrument(
          "clearspan.telemetry.push.failures",
          "{push}",
          "Metric pushes not taken; the next one carries the same counts.");

  /** Read from {@code Gauges} sources, which carry no unit or description of their own. */
  private static final Map<String, Instrument> GAUGED =
      Stream.of(
              new Instrument(
                  "clearspan.lb.endpoints", "{endpoint}", "Endpoints of a service by state."),
              new Instrument(
                  "clearspan.discovery.age", "s", "Time since the registry was last heard of."),
              new Instrument(
                  "clearspan.discovery.revision", "", "Registry revision that was last heard of."),
              new Instrument(
                  "clearspan.tls.reloads", "{reload}", "Times that TLS files were read again."),
              new Instrument(
                  "clearspan.tls.certificate.end", "s", "When the certificate ends, since 1970."),
              new Instrument(
                  "clearspan.connection.attempts",
                  "{attempt}",
                  "Attempts to connect to a service."),
              new Instrument(
                  "clearspan.connection.disconnections",
                  "{connection}",
                  "Connections to a service that ended."),
              new Instrument(
                  "clearspan.eventloop.lag", "s", "How late an event loop last came to its work."),
              new Instrument(
                  "clearspan.eventloop.pending", "{task}", "Tasks that wait for an event loop."),
              new Instrument(
                  "clearspan.breaker.state", "{breaker}", "1 for the state a breaker is in."),
              new Instrument(
                  "clearspan.breaker.transitions", "{transition}", "Changes of breaker state."),
              new Instrument(
                  "clearspan.breaker.not_permitted",
                  "{call}",
                  "Calls that no breaker let through."),
              new Instrument(
                  "clearspan.client.call.hedges",
                  "{attempt}",
                  "Attempts that joined one still under way."),
              new Instrument(
                  "clearspan.client.fallback.replies",
                  "{call}",
                  "Failed calls whose callers got a reply all the same."),
              new Instrument(
                  "clearspan.client.fallback.failed",
                  "{call}",
                  "Failed calls for which the fallback had no reply."),
              new Instrument(
                  "clearspan.client.fault.injected",
                  "{call}",
                  "Calls into which a fault was put on purpose."),
              new Instrument(
                  "clearspan.outlier.ejected",
                  "{endpoint}",
                  "Endpoints left out because they do worse than the others."),
              new Instrument(
                  "clearspan.outlier.transitions",
                  "{transition}",
                  "Endpoints ejected as outliers, and returned."),
              new Instrument(
                  "clearspan.panic.active",
                  "{method}",
                  "1 while a method's calls use endpoints that should be left out."),
              new Instrument(
                  "clearspan.panic.transitions", "{transition}", "Beginnings and ends of panic."),
              new Instrument(
                  "clearspan.lb.endpoint.weight", "{weight}", "Effective weight of an endpoint."),
              new Instrument(
                  "clearspan.lb.endpoint.cpu", "1", "Processor share that an endpoint reports."),
              new Instrument(
                  "clearspan.lb.endpoint.memory", "1", "Heap share that an endpoint reports."),
              new Instrument(
                  "clearspan.lb.endpoint.in_flight",
                  "{call}",
                  "Calls in flight that an endpoint reports."),
              new Instrument(
                  "clearspan.lb.endpoint.queue.chunks",
                  "{chunk}",
                  "Batches waiting for a handler that an endpoint reports."),
              new Instrument(
                  "clearspan.lb.endpoint.handler_time",
                  "s",
                  "Mean time of handlers that an endpoint reports."),
              new Instrument(
                  "clearspan.client.retry.throttled",
                  "{attempt}",
                  "Retries and hedges not made because the budget was spent."),
              new Instrument(
                  "clearspan.client.call.retries",
                  "{attempt}",
                  "Attempts that repeated one whose work may have been done."),
              new Instrument(
                  "clearspan.client.call.throttled",
                  "{call}",
                  "Calls not sent because servers refused so many."),
              new Instrument(
                  "clearspan.client.call.active", "{call}", "Calls made and not yet over."),
              new Instrument(
                  "clearspan.server.call.active", "{call}", "Calls served and not yet over."),
              new Instrument(
                  "clearspan.server.call.refused", "{call}", "Calls refused before any handler."),
              new Instrument(
                  "clearspan.server.handler.active",
                  "{call}",
                  "Calls in handlers and waiting for a thread."),
              new Instrument(
                  "clearspan.server.handler.limit",
                  "{call}",
                  "Most calls in handlers and waiting for a thread."),
              new Instrument(
                  "clearspan.server.queue.chunks", "{chunk}", "Batches waiting for a handler."),
              new Instrument(
                  "clearspan.server.connection.open", "{connection}", "Connections of callers."),
              new Instrument(
                  "clearspan.server.connection.closed",
                  "{connection}",
                  "Connections of callers that a limit ended."),
              new Instrument("clearspan.server.limit", "", "Limits in force."),
              new Instrument("clearspan.recorder.produced", "{span}", "Spans that ended."),
              new Instrument(
                  "clearspan.recorder.kept", "{span}", "Spans that were to be exported, and why."),
              new Instrument(
                  "clearspan.recorder.local", "{span}", "Spans that nobody has asked for."),
              new Instrument(
                  "clearspan.recorder.lost",
                  "{span}",
                  "Spans that were to be exported and got lost on the way."),
              new Instrument(
                  "clearspan.recorder.shed",
                  "{trace}",
                  "Traces not kept because there were too many."),
              new Instrument(
                  "clearspan.recorder.shed.spans", "{span}", "Spans of traces that were shed."),
              new Instrument(
                  "clearspan.recorder.horizon", "s", "Age of the records being overwritten."),
              new Instrument(
                  "clearspan.recorder.collect.dropped",
                  "{trace}",
                  "Traces that callees could not be asked for, or callers asked in vain."),
              new Instrument(
                  "clearspan.recorder.baggage.dropped",
                  "{call}",
                  "Calls whose baggage was too large to be sent."),
              new Instrument(
                  "clearspan.connection.open", "{connection}", "Connections to a service."))
          .collect(Collectors.toUnmodifiableMap(Instrument::name, Function.identity()));

  /** gRPC's rule: the codes that are the server's fault. */
  private static final Set<Status.Code> SERVER_FAULTS =
      EnumSet.of(
          Status.Code.UNKNOWN,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED,
          Status.Code.INTERNAL,
          Status.Code.UNAVAILABLE,
          Status.Code.DATA_LOSS);

  private TelemetryNames() {}

  /** Values of a key of the request's metadata. */
  public static AttributeKey<List<String>> requestMetadata(String key) {
    return stringArrayKey("rpc.request.metadata." + key);
  }

  /** The instrument with this name; one without unit for names that are not ours. */
  public static Instrument gauged(String name) {
    Instrument known = GAUGED.get(name);
    return known == null ? new Instrument(name, "", "") : known;
  }

  /** A CLIENT span fails with every code but OK. */
  public static StatusData clientStatus(Status status) {
    return status.isOk() ? StatusData.unset() : error(status);
  }

  /** A SERVER span fails only with codes that are the server's fault; never OK, else UNSET. */
  public static StatusData serverStatus(Status status) {
    return SERVER_FAULTS.contains(status.code()) ? error(status) : StatusData.unset();
  }

  private static StatusData error(Status status) {
    return StatusData.create(StatusCode.ERROR, status.message());
  }
}
