package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PostingsTest {
  @Test
  void oneIsTheFirstAlone() {
    Postings postings = new Postings(7);
    assertThat(postings.others()).isNull();
    assertThat(Postings.sequences(7, null)).containsExactly(7);
  }

  @Test
  void allComeBack_howeverFarApart() {
    Random random = new Random(1);
    for (int run = 0; run < 200; run++) {
      long[] sequences =
          LongStream.iterate(
                  random.nextInt(1_000),
                  last -> last + 1 + random.nextLong(1L << random.nextInt(1, 38)))
              .limit(1 + random.nextInt(300))
              .toArray();
      Postings postings = new Postings(sequences[0]);
      LongStream.of(sequences).skip(1).forEach(postings::add);
      assertThat(Postings.sequences(postings.first(), postings.others()))
          .containsExactly(sequences);
    }
  }

  @Test
  void damagedBytesGiveSomeAndNoFailure() {
    Random random = new Random(2);
    for (int run = 0; run < 1_000; run++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      assertThat(Postings.sequences(3, bytes)).startsWith(3).hasSizeLessThanOrEqualTo(41);
    }
  }
}
