package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What somebody who misspelt a name may have meant. */
class NearNamesTest {
  @Test
  void distancesCountEdits() {
    assertThat(NearNames.distance("", "")).isZero();
    assertThat(NearNames.distance("get", "")).isEqualTo(3);
    assertThat(NearNames.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearNames.distance("place", "palce")).isEqualTo(2);
  }

  @Test
  void theNearestComeFirstWhateverTheirCase() {
    assertThat(NearNames.nearest("plcae", Set.of("Cancel", "Place", "Get"), 2))
        .isEqualTo(List.of("Place", "Cancel"));
  }

  @Test
  void aLongNameCostsLittle() {
    assertThat(NearNames.nearest("x".repeat(1_000_000), Set.of("Get", "Place"), 1)).hasSize(1);
  }
}
