package dev.clearspan.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that somebody else deletes, overwrites, or has very many of. */
@Tag("full")
class KeysIT {
  @Test
  void deletedKey_isBackWithinTwoSeconds() throws InterruptedException {
    Proof.of("key-deleted");
  }

  @Test
  void tenThousandHostileValues_areIgnoredAndCountedAndCostNoCall() throws InterruptedException {
    Proof.of("hostile-values");
  }

  @Test
  void aChange_reachesTwoHundredClientsWithin200MillisecondsAtP99() throws InterruptedException {
    Proof.of("many-watchers");
  }

  @Test
  void tenThousandInstances_areTold() throws InterruptedException {
    Proof.of("large-registry");
  }
}
