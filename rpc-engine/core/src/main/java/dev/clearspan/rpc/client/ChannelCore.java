package dev.clearspan.rpc.client;

import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.policy.MethodPolicy;
import dev.clearspan.rpc.policy.ServiceTelemetry;
import dev.clearspan.rpc.retry.RetryBudget;
import dev.clearspan.rpc.time.Ticker;
import dev.clearspan.rpc.time.TimerWheel;
import java.util.concurrent.atomic.AtomicBoolean;

/** What every call of a channel works with. Thread-safe. */
final class ChannelCore {
  private final ChannelSettings settings;
  private final EndpointDirectory directory;
  private final ChannelCounters counters;
  private final TimerWheel timers;
  private final Throttles throttles;
  private final Latencies latencies;
  private final Fallbacks fallbacks;
  private volatile RetryBudget budget;
  private final AtomicBoolean closed = new AtomicBoolean();

  ChannelCore(ChannelSettings settings, EndpointDirectory directory, ChannelCounters counters) {
    this.settings = settings;
    this.directory = directory;
    this.counters = counters;
    this.timers =
        settings.scheduler() instanceof TimerWheel shared
            ? shared
            : new TimerWheel(settings.ticker(), settings.scheduler());
    this.latencies = new Latencies(settings.ticker());
    this.fallbacks = new Fallbacks(counters, settings.ticker(), settings.fallbacks());
    MethodPolicy policy = directory.routes().servicePolicy();
    this.budget = new RetryBudget(policy.retry().budgetTokens());
    this.throttles = new Throttles(settings, policy.limit().throttle(), counters::changed);
  }

  ChannelSettings settings() {
    return settings;
  }

  EndpointDirectory directory() {
    return directory;
  }

  ChannelCounters counters() {
    return counters;
  }

  TimerWheel timers() {
    return timers;
  }

  Throttles throttles() {
    return throttles;
  }

  Latencies latencies() {
    return latencies;
  }

  Fallbacks fallbacks() {
    return fallbacks;
  }

  Ticker ticker() {
    return settings.ticker();
  }

  /** The target's budget: one for all methods. */
  RetryBudget budget() {
    return budget;
  }

  /** A changed size begins with a full bucket. */
  void rulesChanged() {
    MethodPolicy policy = directory.routes().servicePolicy();
    throttles.rules(policy.limit().throttle());
    double tokens = policy.retry().budgetTokens();
    if (Math.abs(tokens - budget.maxTokens()) > 1e-6) {
      budget = new RetryBudget(tokens);
    }
  }

  /** Tells the ledger what the document and the code want recorded. */
  void record(ServicePolicy document) {
    settings
        .ledger()
        .telemetry(settings.service(), ServiceTelemetry.of(document, settings.policy()));
  }

  boolean isClosed() {
    return closed.get();
  }

  /** From now on calls end with CANCELLED; false if it was closed before. */
  boolean close() {
    return closed.compareAndSet(false, true);
  }
}
