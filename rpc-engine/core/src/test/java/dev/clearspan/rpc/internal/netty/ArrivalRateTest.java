package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivalRateTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final ArrivalRate rate = new ArrivalRate(2, now::get);

  @Test
  void eachAddressHasItsOwnCountWhichBeginsAnewEverySecond() throws Exception {
    InetAddress one = InetAddress.getByAddress(new byte[] {10, 0, 0, 1});
    InetAddress other = InetAddress.getByAddress(new byte[] {10, 0, 0, 2});

    assertThat(rate.admits(one)).isTrue();
    assertThat(rate.admits(one)).isTrue();
    assertThat(rate.admits(one)).isFalse();
    assertThat(rate.admits(other)).isTrue();

    now.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
    assertThat(rate.admits(one)).isFalse();
    now.incrementAndGet();
    assertThat(rate.admits(one)).isTrue();
  }
}
