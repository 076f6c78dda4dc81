package dev.clearspan.console.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutsTest {
  @TempDir private Path directory;

  @Test
  void aPlaceLastsOverARestart_andTheOthersStay() {
    Layouts before = Layouts.in(directory);
    before.place(
        Arrangement.WIDE, List.of(new Place("a", 1, 2), new Place("~redis@r:1", 3, 4)), false);
    before.place(Arrangement.WIDE, List.of(new Place("a", 5, -6.5)), false);
    before.place(Arrangement.NARROW, List.of(new Place("a", 7, 8)), false);

    Layouts after = Layouts.in(directory);
    assertThat(after.layout(Arrangement.WIDE).boxes())
        .containsExactlyInAnyOrder(new Place("a", 5, -6.5), new Place("~redis@r:1", 3, 4));
    assertThat(after.layout(Arrangement.NARROW).boxes()).containsExactly(new Place("a", 7, 8));
  }

  @Test
  void anewForgetsTheOthers() {
    Layouts layouts = Layouts.in(directory);
    layouts.place(Arrangement.WIDE, List.of(new Place("a", 1, 2)), false);
    assertThat(layouts.place(Arrangement.WIDE, List.of(new Place("b", 1, 2)), true).boxes())
        .containsExactly(new Place("b", 1, 2));
    assertThat(Layouts.in(directory).layout(Arrangement.WIDE).boxes()).hasSize(1);
  }

  @Test
  void ofTooMany_thoseThatWerePlacedLongestAgoGo() {
    Layouts layouts = Layouts.in(directory);
    layouts.place(Arrangement.WIDE, places(0, Layouts.MOST_BOXES), false);
    layouts.place(Arrangement.WIDE, places(0, 1), false);
    layouts.place(Arrangement.WIDE, places(Layouts.MOST_BOXES, Layouts.MOST_BOXES + 2), false);
    assertThat(layouts.layout(Arrangement.WIDE).boxes())
        .hasSize(Layouts.MOST_BOXES)
        .extracting(Place::id)
        .contains("box-0", "box-" + (Layouts.MOST_BOXES + 1))
        .doesNotContain("box-1", "box-2");
  }

  private static List<Place> places(int from, int to) {
    return IntStream.range(from, to).mapToObj(n -> new Place("box-" + n, n, n)).toList();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1_000_001})
  void whatNoMapCanShowIsRefused_andChangesNothing(double x) {
    Layouts layouts = Layouts.in(directory);
    List<Place> places = List.of(new Place("a", 0, 0), new Place("b", x, 0));
    assertThatThrownBy(() -> layouts.place(Arrangement.WIDE, places, true))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("expected: within 1,000,000 px");
    assertThat(layouts.layout(Arrangement.WIDE).boxes()).isEmpty();
  }

  @Test
  void tooManyAtOnce_andNamelessOnesAreRefused() {
    Layouts layouts = Layouts.in(directory);
    List<Place> tooMany = places(0, Layouts.MOST_BOXES + 1);
    assertThatThrownBy(() -> layouts.place(Arrangement.WIDE, tooMany, false))
        .hasMessageContaining("5001 of them (expected: at most 5000)");
    List<Place> nameless = List.of(new Place(" ", 0, 0));
    assertThatThrownBy(() -> layouts.place(Arrangement.WIDE, nameless, false))
        .hasMessageContaining("missing or too long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"wide\":[{\"id\":null,\"x\":1,\"y\":1}],\"narrow\":[]}",
        "{\"wide\":[]}"
      })
  void aFileThatIsDamagedCostsTheArrangementOnly(String text) throws IOException {
    Files.writeString(directory.resolve("layout.json"), text);
    Layouts layouts = Layouts.in(directory);
    assertThat(layouts.layout(Arrangement.WIDE).boxes()).isEmpty();
    layouts.place(Arrangement.WIDE, List.of(new Place("a", 1, 2)), false);
    assertThat(Layouts.in(directory).layout(Arrangement.WIDE).boxes()).hasSize(1);
  }
}
