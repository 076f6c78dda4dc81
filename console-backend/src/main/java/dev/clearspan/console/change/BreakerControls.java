package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistryKey;
import dev.clearspan.console.registry.RegistrySnapshot;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.console.registry.Times;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Forces breakers and gives them back to what calls say. Thread-safe. */
public final class BreakerControls {
  private final RuleWriter writer;
  private final RegistryView registry;
  private final Clock clock;

  public BreakerControls(RuleWriter writer, RegistryView registry, Clock clock) {
    this.writer = writer;
    this.registry = registry;
    this.clock = clock;
  }

  /** Adds, replaces or removes the entry for this caller, method and instance. */
  public ChangeResult force(String service, ForceBreakerRequest request, String author) {
    Cause cause = Cause.of(author, request.reason());
    Ttl.check(request.ttlSeconds());
    ForceBreakerRequest.State state = request.state();
    if (state == null) {
      throw ProblemException.invalid(
          "state", "missing (expected: CLOSED, OPEN, HALF_OPEN, DISABLED or AUTO)");
    }
    checkTarget(service, request);
    ForcedBreaker entry = entry(request, state, cause);
    boolean lifts = state == ForceBreakerRequest.State.AUTO;
    Edit edit =
        edit(
            service,
            OptionalLong.empty(),
            list -> lifts ? lift(service, list, entry) : list.with(entry));
    String action = lifts ? "breaker.clear" : "breaker.force";
    return writer.write(action, service, edit.key().text(), List.of(edit), cause);
  }

  /** Drops what has expired, if the document still has this revision. */
  ChangeResult dropExpired(String service, long revision, Cause cause) {
    Edit edit = edit(service, OptionalLong.of(revision), list -> list);
    return writer.write("breaker.clear", service, edit.key().text(), List.of(edit), cause);
  }

  private interface ListChange {
    ForcedBreakerList apply(ForcedBreakerList list);
  }

  private Edit edit(String service, OptionalLong expected, ListChange change) {
    Instant now = clock.instant();
    return new Edit(
        new RegistryKey.BreakerKey(service),
        expected,
        present -> change.apply(ForcedBreakerList.of(present).withoutExpired(now)).json());
  }

  private static ForcedBreakerList lift(
      String service, ForcedBreakerList list, ForcedBreaker entry) {
    if (!list.contains(entry)) {
      throw ProblemException.notFound(
          "Nothing is forced toward "
              + service
              + " for this caller, method and instance ("
              + list.size()
              + " other breakers are); it is automatic already.");
    }
    return list.without(entry);
  }

  private ForcedBreaker entry(
      ForceBreakerRequest request, ForceBreakerRequest.State state, Cause cause) {
    ForcedBreaker.Builder entry =
        ForcedBreaker.newBuilder()
            .setCaller(text(request.caller()))
            .setMethod(text(request.method()))
            .setInstance(text(request.instance()))
            .setReason(cause.reason())
            .setAuthor(cause.author());
    if (state != ForceBreakerRequest.State.AUTO) {
      entry.setState(BreakerState.valueOf(state.name()));
    }
    Long ttlSeconds = request.ttlSeconds();
    if (ttlSeconds != null) {
      entry.setExpiresAt(Times.timestamp(clock.instant().plusSeconds(ttlSeconds)));
    }
    return entry.build();
  }

  /** What does not exist cannot be forced; what does not exist any more can still be lifted. */
  private void checkTarget(String service, ForceBreakerRequest request) {
    RegistrySnapshot snapshot = registry.snapshot();
    Services.require(snapshot, service);
    if (request.state() == ForceBreakerRequest.State.AUTO) {
      return;
    }
    checkKnown("caller", text(request.caller()), Targets.callers(snapshot, service));
    checkKnown(
        "instance",
        text(request.instance()),
        new TreeSet<>(snapshot.instancesOf(service).keySet()));
    Targets.checkMethod(text(request.method()));
  }

  private static void checkKnown(String field, String value, SortedSet<String> known) {
    if (!value.isEmpty()) {
      Targets.checkKnown(field, value, known, ", or none for all");
    }
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
