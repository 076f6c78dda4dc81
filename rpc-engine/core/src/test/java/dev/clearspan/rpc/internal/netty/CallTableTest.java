package dev.clearspan.rpc.internal.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.server.EchoService;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stream ids: increasing, wrapping, never one in use. */
class CallTableTest {
  @Test
  void idsWrapAroundAndSkipThoseInUse() {
    CallTable table = new CallTable(CallTable.LAST_ID - 1);
    PendingCall<?> last = added(table);
    PendingCall<?> first = added(table);
    assertThat(last.streamId).isEqualTo(CallTable.LAST_ID);
    assertThat(first.streamId).isEqualTo(1);

    CallTable full = new CallTable();
    PendingCall<?> one = added(full);
    assertThat(one.streamId).isEqualTo(1);
    assertThat(full.remove(1)).isSameAs(one);
    assertThat(full.remove(1)).isNull();
  }

  @Test
  void laterCallsAreKnownAcrossTheWrap() {
    assertThat(CallTable.isAfter(6, 5)).isTrue();
    assertThat(CallTable.isAfter(5, 5)).isFalse();
    assertThat(CallTable.isAfter(4, 5)).isFalse();
    assertThat(CallTable.isAfter(2, CallTable.LAST_ID - 2)).isTrue();
    assertThat(CallTable.isAfter(CallTable.LAST_ID - 2, 2)).isFalse();
  }

  @Test
  void callsAfterTheLastStreamAreTakenOut() {
    CallTable table = new CallTable();
    List<Exchange<?>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(added(table));
    }
    List<Exchange<?>> later = new ArrayList<>();
    table.removeAfter(3, later::add);

    assertThat(later).containsExactlyInAnyOrder(calls.get(3), calls.get(4));
    assertThat(table.remove(calls.get(2))).isTrue();
    assertThat(table.remove(calls.get(4))).isFalse();
  }

  private static final PendingCall.Owner NOBODY =
      new PendingCall.Owner() {
        @Override
        public void write(Exchange<?> call) {}

        @Override
        public void giveUp(Exchange<?> call) {}

        @Override
        public void left() {}
      };

  private static PendingCall<?> added(CallTable table) {
    PendingCall<?> call =
        new PendingCall<>(
            EchoService.ECHO, new Deadline(0), Unpooled.EMPTY_BUFFER, 0, result -> {}, NOBODY);
    call.streamId = table.add(call);
    return call;
  }
}
