package dev.clearspan.console.findable;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How fast a chain is called. */
sealed interface Pace {
  /** {@code 1666} calls a second, or {@code 85%} of what the chain can do. */
  static Pace read(String text) {
    return text.endsWith("%")
        ? new OfTheLimit(Integer.parseInt(text.substring(0, text.length() - 1)))
        : new Fixed(Integer.parseInt(text));
  }

  int callsPerSecond(RpcChannel chain);

  /** Whatever the chain can do. */
  record Fixed(int callsPerSecond) implements Pace {
    @Override
    public int callsPerSecond(RpcChannel chain) {
      return callsPerSecond;
    }
  }

  /** A share of the most calls that end in a second, which is measured first. */
  record OfTheLimit(int percent) implements Pace {
    private static final int AT_ONCE = 64;
    private static final int WARM_UP_SECONDS = 10;
    private static final int MEASURED_SECONDS = 5;

    @Override
    public int callsPerSecond(RpcChannel chain) {
      long unused = ended(chain, WARM_UP_SECONDS);
      return (int) (ended(chain, MEASURED_SECONDS) / MEASURED_SECONDS * percent / 100);
    }

    private static long ended(RpcChannel chain, int seconds) {
      Semaphore places = new Semaphore(AT_ONCE);
      LongAdder ended = new LongAdder();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      while (System.nanoTime() < until) {
        places.acquireUninterruptibly();
        chain
            .callAsync(Relay.pass(1), StringValue.of(Relay.GO), Relay.PATIENT)
            .whenComplete(
                (answer, failure) -> {
                  ended.increment();
                  places.release();
                });
      }
      places.acquireUninterruptibly(AT_ONCE);
      return ended.sum();
    }
  }
}
