package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {
  @ParameterizedTest
  @CsvSource({
    "1n, 1",
    "0n, 0",
    "20u, 20000",
    "100m, 100000000",
    "3S, 3000000000",
    "2M, 120000000000",
    "1H, 3600000000000",
    "00000001S, 1000000000"
  })
  void decodesAllUnits(String text, long nanos) {
    assertThat(GrpcTimeout.decode(text)).isEqualTo(nanos);
  }

  @Test
  void whatIsTooLongIsTakenForAYear() {
    assertThat(GrpcTimeout.decode("99999999H")).isEqualTo(GrpcTimeout.MOST_NANOS);
    assertThat(GrpcTimeout.decode(GrpcTimeout.encode(Long.MAX_VALUE)))
        .isEqualTo(GrpcTimeout.MOST_NANOS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "S", "123456789n", "-1S", "1", "1s", "1 S", "x1S", "1.5S"})
  void refusesWhatIsNoTimeout(String text) {
    assertThatThrownBy(() -> GrpcTimeout.decode(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text)
        .hasMessageContaining("expected: 1 to 8 digits");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 99_999_999, 100_000_000, 250_000_000_000L, 86_400_000_000_000L})
  void encodingLosesLessThanAMillionth(long nanos) {
    long decoded = GrpcTimeout.decode(GrpcTimeout.encode(nanos));
    assertThat(nanos - decoded).isBetween(0L, nanos / 1_000_000);
  }

  @Test
  void whatHasPassedIsToldAsTheShortestTime() {
    assertThat(GrpcTimeout.encode(-TimeUnit.SECONDS.toNanos(1)).toString()).isEqualTo("1n");
  }
}
