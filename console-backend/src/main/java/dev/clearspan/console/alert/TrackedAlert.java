package dev.clearspan.console.alert;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one rule for one target, from round to round. Guarded by {@link Evaluator}.
 *
 * <p>What fires and then cannot be seen goes on firing for {@link #HELD}: that nobody sees it does
 * not make it well. Then it is {@link AlertState#NO_DATA}, never resolved.
 */
final class TrackedAlert {
  static final Duration HELD = Duration.ofMinutes(5);
  static final Duration SHOWN = Duration.ofMinutes(15);

  private AlertState state = AlertState.INACTIVE;
  private Instant since;
  private @Nullable Instant firedAt;
  private @Nullable Instant resolvedAt;
  private @Nullable Instant wellSince;
  private @Nullable Instant unseenSince;
  private @Nullable Double value;
  private String detail = "";

  TrackedAlert(Instant now) {
    since = now;
  }

  /** Takes what a round found; says whether it began or ceased to fire by it. */
  boolean step(AlertRule rule, Sample sample, Instant now) {
    AlertState before = state;
    detail = sample.detail();
    if (sample.value() == null) {
      unseen(now);
    } else {
      value = sample.value();
      unseenSince = null;
      if (rule.holds(sample.value())) {
        holds(rule, now);
      } else {
        isWell(rule, now);
      }
    }
    return before != state && (state == AlertState.FIRING || before == AlertState.FIRING);
  }

  /** Takes that it is not listed any more, and is well by that; says whether it ceased to fire. */
  boolean over(AlertRule rule, Instant now) {
    AlertState before = state;
    detail = "over";
    unseenSince = null;
    isWell(rule, now);
    return before == AlertState.FIRING && state != before;
  }

  private void holds(AlertRule rule, Instant now) {
    wellSince = null;
    if (state == AlertState.FIRING) {
      return;
    }
    if (state != AlertState.PENDING) {
      enter(AlertState.PENDING, now);
    }
    if (!now.isBefore(since.plusSeconds(rule.forSeconds()))) {
      enter(AlertState.FIRING, now);
      firedAt = now;
      resolvedAt = null;
    }
  }

  private void isWell(AlertRule rule, Instant now) {
    switch (state) {
      case FIRING -> {
        wellSince = wellSince == null ? now : wellSince;
        if (!now.isBefore(wellSince.plusSeconds(rule.resolveSeconds()))) {
          resolve(now);
        }
      }
      case RESOLVED -> {
        if (now.isAfter(since.plus(SHOWN))) {
          enter(AlertState.INACTIVE, now);
        }
      }
      case PENDING, NO_DATA -> enter(AlertState.INACTIVE, now);
      case INACTIVE -> {}
    }
  }

  private void unseen(Instant now) {
    wellSince = null;
    unseenSince = unseenSince == null ? now : unseenSince;
    boolean held = state == AlertState.FIRING && now.isBefore(unseenSince.plus(HELD));
    if (!held && state != AlertState.NO_DATA) {
      enter(AlertState.NO_DATA, now);
    }
  }

  /** Ends it because its rule ended. */
  boolean end(String why, Instant now) {
    detail = why;
    if (state == AlertState.FIRING) {
      resolve(now);
      return true;
    }
    return false;
  }

  private void resolve(Instant now) {
    enter(AlertState.RESOLVED, now);
    resolvedAt = now;
  }

  private void enter(AlertState next, Instant now) {
    state = next;
    since = now;
  }

  AlertState state() {
    return state;
  }

  /** Whether nothing of it is worth showing once its target is not seen any more. */
  boolean isForgotten(Instant now) {
    return switch (state) {
      case PENDING, FIRING -> false;
      case INACTIVE -> true;
      case RESOLVED -> now.isAfter(since.plus(SHOWN));
      // What fired and was never seen well again is shown for as long as what was resolved.
      case NO_DATA -> firedAt == null || resolvedAt != null || now.isAfter(since.plus(SHOWN));
    };
  }

  Alert as(AlertRule rule, AlertTarget target, String env) {
    AlertLabels labels = AlertLabels.of(rule, target, env);
    return new Alert(
        labels.fingerprint(),
        rule.id(),
        rule.name(),
        rule.kind(),
        rule.severity(),
        state,
        target,
        since,
        firedAt,
        resolvedAt,
        value,
        rule.condition().operator(),
        rule.condition().threshold(),
        rule.condition().unit(),
        unseenSince != null,
        detail,
        rule.summary(),
        rule.runbookUrl(),
        null,
        labels.all());
  }
}
