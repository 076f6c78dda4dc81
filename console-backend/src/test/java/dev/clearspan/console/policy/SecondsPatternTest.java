package dev.clearspan.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondsPatternTest {
  @ParameterizedTest
  @CsvSource({"0.001,3600", "0,600", "1,300", "0.1,3600", "0.001,60", "1,1"})
  void theBoundsAndAllBetweenMatch_nothingElse(double least, int most) {
    Pattern pattern = Pattern.compile(SecondsPattern.between(least, most));
    for (int whole = 0; whole <= most + 200; whole++) {
      boolean within = whole >= least && whole <= most;
      assertThat(pattern.matcher(whole + "s").find()).as(whole + "s").isEqualTo(within);
      assertThat(pattern.matcher(whole + ".5s").find())
          .as(whole + ".5s")
          .isEqualTo(whole + 0.5 >= least && whole + 0.5 <= most);
    }
    assertThat(pattern.matcher(least + "s").find()).isTrue();
    assertThat(pattern.matcher(most + ".000s").find()).isTrue();
    assertThat(pattern.matcher("-1s").find()).isFalse();
    assertThat(pattern.matcher("1 s").find()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0.001,0.0009", "0.1,0.09", "0.1,0.099999999", "1,0.999"})
  void justBelowTheBoundIsOut(double least, String below) {
    assertThat(Pattern.compile(SecondsPattern.between(least, 60)).matcher(below + "s").find())
        .isFalse();
  }
}
