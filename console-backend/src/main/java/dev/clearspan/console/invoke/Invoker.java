package dev.clearspan.console.invoke;

import dev.clearspan.console.change.Services;
import dev.clearspan.console.descriptor.DescriptorSet;
import dev.clearspan.console.descriptor.Documentation;
import dev.clearspan.console.descriptor.LiveContracts;
import dev.clearspan.console.identity.InvocationLog;
import dev.clearspan.console.intake.SpanSink;
import dev.clearspan.console.invoke.InvocationLedger.MadeAttempt;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.generic.GenericMethod;
import dev.clearspan.rpc.generic.UnknownMethodException;
import dev.clearspan.rpc.ledger.AttemptRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls methods of live services on behalf of people. Thread-safe; waits until a call has ended, at
 * most a minute.
 */
public final class Invoker {
  static final long DEFAULT_DEADLINE_MILLIS = 5_000;
  static final long LONGEST_DEADLINE_MILLIS = 60_000;

  private static final int DEFAULT_MESSAGES = 100;
  private static final int MOST_MESSAGES = 1_000;
  private static final int LONGEST_METHOD = 300;
  private static final Logger LOG = LoggerFactory.getLogger(Invoker.class);

  private final RegistryView registry;
  private final LiveContracts contracts;
  private final SpanSink traces;
  private final InvocationLog log;
  private final InvokeSettings settings;
  private final Clock clock;
  private final DialGuard guard;
  private final InvokePace pace;
  private final ProcessIdentity identity = ProcessIdentity.of(InvocationSpans.CALLER);

  public Invoker(
      RegistryView registry,
      LiveContracts contracts,
      SpanSink traces,
      InvocationLog log,
      InvokeSettings settings,
      Clock clock) {
    this.registry = registry;
    this.contracts = contracts;
    this.traces = traces;
    this.log = log;
    this.settings = settings;
    this.clock = clock;
    this.guard = DialGuard.of(settings.networks());
    this.pace = new InvokePace(clock);
  }

  /**
   * Makes a call, if nothing speaks against it; nothing is sent otherwise.
   *
   * @param author who asks for it, and may
   * @throws ProblemException 404, 409, 422 or 429 saying what is wrong
   */
  public Invocation invoke(String service, InvokeRequest request, String author) {
    pace.count(author);
    PreparedCall call = prepare(service, request);
    try (InvokePace.Place place = pace.enter()) {
      return make(call, request, author);
    }
  }

  private PreparedCall prepare(String service, InvokeRequest request) {
    Services.require(registry.snapshot(), service);
    List<Instance> instances = instances(service, request.instance());
    GenericMethod method = method(service, instances, required("method", request.method()));
    if (Documentation.needsConfirmation(method.descriptor())
        && !Boolean.TRUE.equals(request.confirm())) {
      throw ProblemException.invalid(
          "confirm",
          "missing (expected: true, since "
              + method.spec().fullName()
              + " is not declared idempotent: every call may change something)");
    }
    long deadline =
        inRange(
            "deadlineMillis",
            request.deadlineMillis() == null ? DEFAULT_DEADLINE_MILLIS : request.deadlineMillis(),
            LONGEST_DEADLINE_MILLIS);
    long messages =
        inRange(
            "maxMessages",
            request.maxMessages() == null ? DEFAULT_MESSAGES : request.maxMessages(),
            MOST_MESSAGES);
    return new PreparedCall(
        service,
        method,
        instances,
        Requests.read(request, method),
        CallMetadata.of(request.metadata()),
        deadline,
        (int) messages);
  }

  private List<Instance> instances(String service, @Nullable String id) {
    Candidates candidates =
        new Candidates(registry.snapshot(), clock.instant(), ThreadLocalRandom.current());
    List<Instance> chosen =
        id == null || id.isEmpty()
            ? candidates.drawn(service)
            : List.of(candidates.one(service, id));
    return chosen.stream().map(guard::checked).toList();
  }

  private GenericMethod method(String service, List<Instance> instances, String name) {
    DescriptorSet set =
        contracts
            .of(instances.get(0))
            .orElseThrow(() -> withoutDescriptors(service, instances.get(0)));
    try {
      return set.pool().method(name);
    } catch (UnknownMethodException e) {
      throw ProblemException.invalid("method", String.valueOf(e.getMessage()));
    }
  }

  private static ProblemException withoutDescriptors(String service, Instance instance) {
    return ProblemException.conflict(
        instance.getInstanceId()
            + " of "
            + service
            + " has published no descriptors that can be used (expected: those of its .proto files,"
            + " as servers publish them that were made from one).");
  }

  private Invocation make(PreparedCall call, InvokeRequest request, String author) {
    InvocationLedger ledger = new InvocationLedger();
    String method = call.method().spec().fullName();
    String asked = request.instance() == null ? "" : request.instance();
    long number = log.begin(author, call.service(), method, asked, ledger.traceId());
    Instant begun = clock.instant();
    long start = System.nanoTime();
    PreparedCall.Reply reply = call.make(identity, ledger, settings.tls());
    long end = System.nanoTime();
    InvocationSpans spans =
        new InvocationSpans(
            ledger,
            call.service(),
            method,
            author,
            reply.status(),
            start,
            end,
            TimeUnit.SECONDS.toNanos(begun.getEpochSecond()) + begun.getNano());
    if (!traces.offer(spans.batch())) {
      LOG.warn("the span of invocation {} is lost: the trace store is busy", number);
    }
    Invocation made = answer(call, reply, ledger, (end - start) / 1e6, number);
    log.end(number, made.instance(), reply.status().code().name(), (end - start) / 1_000_000);
    return made;
  }

  private static Invocation answer(
      PreparedCall call,
      PreparedCall.Reply reply,
      InvocationLedger ledger,
      double elapsedMillis,
      long number) {
    List<Invocation.Attempt> attempts = new ArrayList<>();
    ledger.attempts().forEach(made -> attempts.add(attempt(made)));
    Invocation.Attempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    return new Invocation(
        call.service(),
        call.method().spec().fullName(),
        last == null ? null : last.instance(),
        last == null ? null : last.address(),
        ending(call, reply),
        reply.messages(),
        reply.truncated(),
        Heard.pairs(reply.headers()),
        Heard.pairs(reply.trailers()),
        elapsedMillis,
        call.deadlineMillis(),
        attempts,
        ledger.traceId(),
        number);
  }

  private static Invocation.Ending ending(PreparedCall call, PreparedCall.Reply reply) {
    boolean remote = reply.origin() == null || reply.origin() == RpcException.Origin.REMOTE;
    return new Invocation.Ending(
        reply.status().code().name(),
        reply.status().code().ordinal(),
        reply.status().message(),
        remote ? "server" : "console",
        reply.status().isOk()
            ? List.of()
            : StatusDetails.of(call.method().descriptor().getFile()).read(reply.trailers()));
  }

  private static Invocation.Attempt attempt(MadeAttempt made) {
    AttemptRecord record = made.record();
    return new Invocation.Attempt(
        record.number(),
        made.kind().name().toLowerCase(Locale.ROOT),
        record.peerInstance(),
        record.peerAddress(),
        record.status().code().name(),
        record.outcome(),
        (record.endNanos() - record.startNanos()) / 1e6,
        record.serverNanos() < 0 ? null : record.serverNanos() / 1e6);
  }

  private static String required(String field, @Nullable String value) {
    if (value == null || value.isBlank() || value.length() > LONGEST_METHOD) {
      throw ProblemException.invalid(
          field,
          (value == null ? "missing" : value.length() + " characters")
              + " (expected: package.Service/Method, at most "
              + LONGEST_METHOD
              + " characters)");
    }
    return value;
  }

  private static long inRange(String field, long value, long most) {
    if (value < 1 || value > most) {
      throw ProblemException.invalid(field, value + " (expected: 1 to " + most + ")");
    }
    return value;
  }
}
