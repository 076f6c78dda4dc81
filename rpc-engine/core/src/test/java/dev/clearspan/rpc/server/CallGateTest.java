package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.time.Ticker;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is refused first when a server is full. */
class CallGateTest {
  private final CallGate gate = new CallGate(16, Ticker.SYSTEM);

  @Test
  void sheddableCallsAreRefusedWhileThereIsRoomForOthers() {
    assertThat(admitted(Criticality.SHEDDABLE)).isEqualTo(12);
    assertThat(admitted(Criticality.SHEDDABLE_PLUS)).isEqualTo(2);
    assertThat(admitted(Criticality.CRITICAL)).isEqualTo(2);
    assertThat(admitted(Criticality.CRITICAL_PLUS)).isZero();
    assertThat(gate.inFlight()).isEqualTo(16);
  }

  @Test
  void theRefusalSaysWhy() {
    int unused = admitted(Criticality.SHEDDABLE);

    assertThat(text(gate.admit(true, Criticality.SHEDDABLE)))
        .isEqualTo("calls in flight: 12 (expected for one that is sheddable: < 12)");
    int rest = admitted(Criticality.CRITICAL);
    assertThat(rest).isEqualTo(4);
    assertThat(text(gate.admit(true, Criticality.CRITICAL))).isEqualTo("calls in flight: 16");
  }

  @Test
  void aGateForOneLetsAnyClassIn() {
    assertThat(new CallGate(1, Ticker.SYSTEM).admit(true, Criticality.SHEDDABLE))
        .isInstanceOf(Place.class);
  }

  @Test
  void streamsCountTowardsTheServersLimitAndLeaveItEmpty() {
    Place stream = (Place) gate.admit(false, Criticality.CRITICAL);
    assertThat(admitted(Criticality.CRITICAL)).isEqualTo(15);
    CompletableFuture<Void> idle = gate.idle();
    for (int i = 0; i < 15; i++) {
      gate.leave(true);
    }
    assertThat(idle).isNotDone();
    stream.leave();

    assertThat(idle).isDone();
    assertThat(gate.inFlight()).isZero();
  }

  private static String text(Admission admission) {
    return ((Refusal) admission).status().message();
  }

  private int admitted(Criticality criticality) {
    int count = 0;
    while (gate.admit(true, criticality) instanceof Place) {
      count++;
    }
    return count;
  }
}
