package dev.clearspan.rpc.client;

import dev.clearspan.rpc.balance.AdaptiveFactor;
import dev.clearspan.rpc.balance.AdaptiveSettings;
import dev.clearspan.rpc.balance.LoadComparison;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.client.Routes.Target;
import dev.clearspan.rpc.time.Scheduler.Scheduled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has weights follow reported load while the policy says so: looks at what endpoints reported every
 * second, and asks for new routes when that makes a difference. Guarded by the directory's lock.
 */
final class Adaptation {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final ChannelSettings settings;
  private final Runnable step;
  private @Nullable Scheduled next;

  /** {@code step} is run every second, without the lock; it is to call {@link #move}. */
  Adaptation(ChannelSettings settings, Runnable step) {
    this.settings = settings;
    this.step = step;
  }

  /** New routes: begins or ends looking, as their policy says. */
  void follow(Routes routes) {
    boolean wanted = routes.servicePolicy().balancer().adaptive().enabled();
    if (wanted && next == null) {
      schedule();
    } else if (!wanted && next != null) {
      stop();
      routes.targets().forEach(target -> factor(target).reset(settings.ticker().nanos()));
    }
  }

  void stop() {
    if (next != null) {
      next.cancel();
      next = null;
    }
  }

  /** Moves all factors; true if there is something new to put in force, which is done with it. */
  boolean move(Routes routes) {
    AdaptiveSettings adaptive = routes.servicePolicy().balancer().adaptive();
    if (next == null || !adaptive.enabled()) {
      return false;
    }
    schedule();
    long now = settings.ticker().nanos();
    List<Target> targets = routes.targets();
    List<@Nullable LoadReport> reports = new ArrayList<>();
    for (Target target : targets) {
      LoadReport last = target.endpoint().load().report();
      reports.add(LoadComparison.fresh(last, adaptive, now));
    }
    double[] weights = targets.stream().mapToDouble(Target::configuredWeight).toArray();
    double[] wanted = LoadComparison.factors(adaptive, reports, weights);
    boolean moved = false;
    for (int i = 0; i < wanted.length; i++) {
      moved |= factor(targets.get(i)).move(wanted[i], adaptive, now);
    }
    if (moved) {
      targets.forEach(target -> factor(target).apply());
    }
    return moved;
  }

  private void schedule() {
    next = settings.scheduler().schedule(step, STEP.toNanos());
  }

  private static AdaptiveFactor factor(Target target) {
    return target.endpoint().condition().adaptive;
  }
}
