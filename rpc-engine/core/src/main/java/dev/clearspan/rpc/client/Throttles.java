package dev.clearspan.rpc.client;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.limit.ClientThrottle;
import dev.clearspan.rpc.limit.ThrottleSettings;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjDoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The throttles of one channel, one for each method and class of calls: where a server sheds the
 * lesser calls, the others must not pay for it. While no server refuses anything there are none,
 * and a call costs the read of a field. Thread-safe.
 */
final class Throttles {
  static final String ERROR_TYPE = "throttled";

  private final ChannelSettings settings;
  private final Runnable onChange;
  private final Map<Key, ClientThrottle> throttles = new ConcurrentHashMap<>();
  private final Map<Key, LongAdder> refused = new ConcurrentHashMap<>();
  private volatile boolean armed;
  private volatile long lastRefusal;
  private volatile ThrottleSettings rules;

  /** {@code method} is the route's name, so keys are as few as routes. */
  record Key(String method, Criticality criticality) {}

  /** {@code onChange} runs when servers begin and when they have long stopped to refuse. */
  Throttles(ChannelSettings settings, ThrottleSettings rules, Runnable onChange) {
    this.settings = settings;
    this.rules = rules;
    this.onChange = onChange;
  }

  /** Other rules, in force with the next call. */
  void rules(ThrottleSettings value) {
    rules = value;
    if (!value.enabled()) {
      disarm();
    }
  }

  /** Whether a server has refused something of late; if not, calls need not be told of. */
  boolean isArmed() {
    return armed;
  }

  /** Counts a call that begins; why it is not to be sent, or null. */
  @Nullable Failure refusal(String method, Criticality criticality, long now) {
    if (now - lastRefusal > ClientThrottle.WINDOW_NANOS) {
      disarm();
      return null;
    }
    Key key = new Key(method, criticality);
    ClientThrottle throttle = throttles.get(key);
    double ratio = rules.ratio();
    if (throttle == null || throttle.admits(ratio, now)) {
      return null;
    }
    ChannelCounters.count(refused, key);
    return failure(key, throttle.share(ratio, now), ratio);
  }

  /** A call that was sent has ended; {@code byLimit}: because its server refused to run it. */
  void ended(String method, Criticality criticality, boolean byLimit, long now) {
    Key key = new Key(method, criticality);
    if (byLimit && rules.enabled()) {
      lastRefusal = now;
      throttles.computeIfAbsent(key, k -> fresh(now));
      if (!armed) {
        armed = true;
        onChange.run();
      }
    } else if (!byLimit) {
      ClientThrottle throttle = throttles.get(key);
      if (throttle != null) {
        throttle.accepted(now);
      }
    }
  }

  /** Calls that were not sent so far. */
  void forEachRefused(ObjDoubleConsumer<Key> action) {
    refused.forEach((key, count) -> action.accept(key, count.sum()));
  }

  /** Those that refuse calls now, with the share of them. */
  void forEachActive(ObjDoubleConsumer<Key> action) {
    long now = settings.ticker().nanos();
    throttles.forEach(
        (key, throttle) -> {
          double share = throttle.share(rules.ratio(), now);
          if (share > 0) {
            action.accept(key, share);
          }
        });
  }

  private ClientThrottle fresh(long now) {
    // The call that was refused has been wished for, too.
    ClientThrottle throttle = new ClientThrottle(settings.random(), now);
    boolean unused = throttle.admits(rules.ratio(), now);
    return throttle;
  }

  private void disarm() {
    if (armed) {
      armed = false;
      throttles.clear();
      onChange.run();
    }
  }

  private Failure failure(Key key, double share, double ratio) {
    String text =
        String.format(
            Locale.ROOT,
            "throttled: instances of %s have refused so many calls of %s that are %s within 10 s"
                + " that %.0f%% of them are not sent (policy limit.throttle, ratio %.1f; add"
                + " instances, or call less)",
            settings.service(),
            key.method(),
            key.criticality().label(),
            share * 100,
            ratio);
    return Failure.local(Status.Code.RESOURCE_EXHAUSTED, text, Pipeline.THROTTLE, ERROR_TYPE);
  }
}
