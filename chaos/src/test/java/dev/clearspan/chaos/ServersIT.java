package dev.clearspan.chaos;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Servers that end, die and stand still, under 2,000 calls a second. */
@Tag("full")
class ServersIT {
  @Test
  void rollingRestart_losesNoCall() throws InterruptedException {
    Proof.of("rolling-restart");
  }

  @Test
  void killedServer_takesOnlyItsUnrepeatableCallsInFlight() throws InterruptedException {
    Proof.of("server-killed");
  }

  @Test
  void pausedServer_isLeftWithinOneAndAHalfSecondsAndComesBack() throws InterruptedException {
    Proof.of("server-paused");
  }

  @Test
  void suspendedServer_writesItsKeyAgainWithinTwoSeconds() throws InterruptedException {
    Proof.of("server-suspended");
  }
}
