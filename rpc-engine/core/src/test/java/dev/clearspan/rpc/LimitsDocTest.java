package dev.clearspan.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/limits.md against the code. */
class LimitsDocTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\S+) \\| (\\S+ to \\S+) \\| .+ \\|$");

  @Test
  void theTableHasEveryLimitWithItsDefaultAndRange() {
    List<String> documented =
        ROW.matcher(Documents.read("limits.md"))
            .results()
            .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
            .toList();

    List<String> known =
        Arrays.stream(Limit.values())
            .map(l -> l.key() + " " + l.unit().format(l.standard()) + " " + l.range())
            .toList();
    assertThat(documented).isEqualTo(known);
  }
}
