package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Criticality;
import org.junit.jupiter.api.Test;

/** Who is refused first when a server is full. */
class CallGateTest {
  private final CallGate gate = new CallGate(16);

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

    assertThat(gate.refusal(Criticality.SHEDDABLE))
        .isEqualTo("calls in flight: 12 (expected for one that is sheddable: < 12)");
    int rest = admitted(Criticality.CRITICAL);
    assertThat(rest).isEqualTo(4);
    assertThat(gate.refusal(Criticality.CRITICAL)).isEqualTo("calls in flight: 16");
  }

  @Test
  void aGateForOneLetsAnyClassIn() {
    assertThat(new CallGate(1).refusal(Criticality.SHEDDABLE)).isNull();
  }

  private int admitted(Criticality criticality) {
    int count = 0;
    while (gate.refusal(criticality) == null) {
      count++;
    }
    return count;
  }
}
