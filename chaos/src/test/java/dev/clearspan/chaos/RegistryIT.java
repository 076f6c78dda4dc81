package dev.clearspan.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A registry that is gone, stands still, loses members, under 2,000 calls a second. */
@Tag("full")
class RegistryIT {
  /** Two minutes unless told otherwise: {@code -Dchaos.outage.seconds=600}. */
  private static final int OUTAGE_SECONDS = Integer.getInteger("chaos.outage.seconds", 120);

  @Test
  void killedEtcd_costsNoCallAndIsWholeThreeSecondsAfterItsReturn() throws InterruptedException {
    Proof.of("etcd-killed", OUTAGE_SECONDS);
  }

  @Test
  void frozenEtcd_costsNoCallAndIsWholeFiveSecondsAfterItGoesOn() throws InterruptedException {
    Proof.of("etcd-frozen");
  }

  @Test
  void clusterWithoutItsLeader_orWithAHungMember_costsNoCallAndRegistersWithinFiveSeconds()
      throws InterruptedException {
    Proof.of("cluster-losses");
  }
}
