package dev.clearspan.console.alert;

import dev.clearspan.console.change.Cause;
import dev.clearspan.console.change.ChangeResult;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All alerts: looks at the rules every {@value #INTERVAL_SECONDS} s, keeps how they stand and the
 * last {@value #KEPT} events, in memory: both begin with the console. {@link #run} by one thread,
 * the rest thread-safe.
 */
public final class Alerts implements Runnable {
  static final int INTERVAL_SECONDS = 5;
  static final int KEPT = 500;

  private static final int MOST_SHOWN = 1_000;
  private static final int MOST_PREVIEWED = 200;
  private static final Comparator<Alert> WORST_FIRST =
      Comparator.comparingInt((Alert alert) -> order(alert.state()))
          .thenComparing(Alert::severity, Comparator.reverseOrder())
          .thenComparing(Alert::since, Comparator.reverseOrder())
          .thenComparing(Alert::fingerprint);

  private final AlertRules rules;
  private final Silences silences;
  private final Signals signals;
  private final Clock clock;
  private final Notifications notifications = new Notifications();
  private final Webhook webhook;
  private final Evaluator evaluator;
  private final Deque<AlertEvent> events = new ArrayDeque<>(); // guarded by itself, newest first
  private volatile Evaluator.Round last = Evaluator.Round.NONE;

  /**
   * Alerts of one environment.
   *
   * @param externalUrl where browsers reach the console
   */
  public Alerts(
      String env,
      AlertRules rules,
      Silences silences,
      Signals signals,
      AlertConfig config,
      Supplier<String> externalUrl,
      Clock clock) {
    this.rules = rules;
    this.silences = silences;
    this.signals = signals;
    this.clock = clock;
    this.evaluator = new Evaluator(env);
    this.webhook = new Webhook(config, notifications, externalUrl, clock, Webhook.PATIENCE);
  }

  /** Tells others; to be run every second by a thread of its own, since it waits for them. */
  public Runnable webhook() {
    return webhook;
  }

  /** One round, if it is time for one. */
  @Override
  public void run() {
    Instant now = clock.instant();
    if (now.isBefore(last.at().plusSeconds(INTERVAL_SECONDS))) {
      return;
    }
    signals.mark();
    Evaluator.Round round = evaluator.round(rules.all().list(), signals.now(), now);
    synchronized (events) {
      round.events().forEach(events::addFirst);
      while (events.size() > KEPT) {
        events.removeLast();
      }
    }
    last = round;
    silences.dropExpired();
    notifications.update(muted(round.alerts()), now);
  }

  private List<Alert> muted(List<Alert> alerts) {
    List<Silence> inForce = silences.inForce();
    return alerts.stream()
        .map(
            alert ->
                inForce.stream()
                    .filter(silence -> silence.mutes(alert))
                    .findFirst()
                    .map(silence -> alert.silencedBy(silence.id()))
                    .orElse(alert))
        .toList();
  }

  /** How alerts stand. */
  public AlertReport report(AlertSearch search) {
    Evaluator.Round round = last;
    List<Alert> all = muted(round.alerts());
    Map<AlertState, Integer> counts = new EnumMap<>(AlertState.class);
    all.forEach(alert -> counts.merge(alert.state(), 1, Integer::sum));
    return new AlertReport(
        evaluatedAt(round),
        INTERVAL_SECONDS,
        counts.getOrDefault(AlertState.FIRING, 0),
        counts.getOrDefault(AlertState.PENDING, 0),
        counts.getOrDefault(AlertState.NO_DATA, 0),
        silenced(all),
        round.dropped(),
        all.stream().filter(search::wants).sorted(WORST_FIRST).limit(MOST_SHOWN).toList(),
        recent(search),
        silences.inForce(),
        webhook.state());
  }

  /** As whoever asks for nothing in particular sees it. */
  public AlertReport report() {
    return report(AlertSearch.DEFAULT);
  }

  /** The same in short. */
  public AlertSummary summary() {
    AlertReport report = report(AlertSearch.DEFAULT);
    return new AlertSummary(
        report.evaluatedAt(),
        report.firing(),
        report.pending(),
        report.noData(),
        report.silenced(),
        report.webhook());
  }

  private List<AlertEvent> recent(AlertSearch search) {
    synchronized (events) {
      return events.stream().filter(search::wants).limit(search.limit()).toList();
    }
  }

  private static int silenced(List<Alert> alerts) {
    Predicate<Alert> fires = alert -> alert.state() == AlertState.FIRING;
    return (int) alerts.stream().filter(fires).filter(a -> a.silencedBy() != null).count();
  }

  private static @Nullable Instant evaluatedAt(Evaluator.Round round) {
    return round.at().equals(Instant.EPOCH) ? null : round.at();
  }

  private static int order(AlertState state) {
    return switch (state) {
      case FIRING -> 0;
      case PENDING -> 1;
      case RESOLVED -> 2;
      case NO_DATA -> 3;
      case INACTIVE -> 4;
    };
  }

  /** All rules with how they stand. */
  public AlertRuleList rules() {
    AlertRules.All all = rules.all();
    return new AlertRuleList(
        all.rules().values().stream().map(this::entry).toList(), all.ignored());
  }

  /**
   * One rule.
   *
   * @throws dev.clearspan.console.problem.ProblemException 404 naming those there are
   */
  public AlertRuleEntry rule(String id) {
    return rules.find(id).map(this::entry).orElseThrow(() -> rules.unknown(id));
  }

  private AlertRuleEntry entry(AlertRules.Found found) {
    return AlertRuleEntry.of(
        found, last.outcomes().getOrDefault(found.rule().id(), RuleOutcome.NONE));
  }

  /**
   * Reads a rule as {@link #put} would.
   *
   * @throws dev.clearspan.console.problem.ProblemException 422 naming the field
   */
  public AlertRule read(String id, AlertRuleRequest request) {
    return RuleCheck.rule(id, request);
  }

  /** The service that a rule of this id is about; empty: all, or there is no such rule. */
  public @Nullable String serviceOf(String id) {
    return rules.find(id).map(found -> found.rule().target().service()).orElse(null);
  }

  /** Stores a rule in place of the one with this revision (0: of none, or of the built-in one). */
  public ChangeResult put(AlertRule rule, long expected, Cause cause) {
    return rules.put(rule, expected, cause);
  }

  /** Deletes a stored rule; a built-in one holds again. */
  public ChangeResult delete(String id, long expected, Cause cause) {
    return rules.delete(id, expected, cause);
  }

  /** What a rule would find now, without storing it. */
  public AlertPreview preview(AlertRule rule) {
    Observation found = signals.now().apply(rule);
    List<AlertPreview.Found> targets = new ArrayList<>();
    for (Sample sample : found.samples()) {
      boolean holds = sample.value() != null && rule.holds(sample.value());
      targets.add(new AlertPreview.Found(sample.target(), sample.value(), holds, sample.detail()));
    }
    targets.sort(Comparator.comparing((AlertPreview.Found one) -> !one.holds()));
    int shown = Math.min(MOST_PREVIEWED, targets.size());
    return new AlertPreview(rule, targets.subList(0, shown), targets.size() - shown, found.blind());
  }

  /** The silences in force. */
  public List<Silence> silences() {
    return silences.inForce();
  }

  /** A silence by its id, also one that is over and not deleted yet. */
  public Silence silence(String id) {
    return silences.require(id);
  }

  /** Mutes alerts for a while. */
  public ChangeResult silence(SilenceRequest request, String author) {
    if (request.rule() != null && !request.rule().isEmpty()) {
      rule(request.rule());
    }
    return silences.add(request, author);
  }

  /** Ends a silence before its time. */
  public ChangeResult endSilence(String id, Cause cause) {
    return silences.end(id, cause);
  }
}
