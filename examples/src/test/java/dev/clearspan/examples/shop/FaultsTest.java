package dev.clearspan.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.examples.shop.api.FaultSettings;
import dev.clearspan.examples.shop.api.FaultsClient;
import dev.clearspan.examples.shop.api.LedgerClient;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.CallSpec.Side;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  private final Faults faults = new Faults(FaultSettings.getDefaultInstance());

  private <Q, R> CompletionStage<R> call(MethodSpec<Q, R> method, Q request, R reply) {
    CallSpec<Q, R> spec =
        new CallSpec<>(Side.SERVER, method, Metadata.EMPTY, new Deadline(0), "orders", "0");
    return faults.intercept(spec, request, (same, it) -> CompletableFuture.completedFuture(reply));
  }

  private CompletionStage<?> append() {
    return call(
        LedgerClient.APPEND,
        LedgerClient.APPEND.requestCodec().decode(ByteBuffer.allocate(0)),
        LedgerClient.APPEND.responseCodec().decode(ByteBuffer.allocate(0)));
  }

  @Test
  void settings_takeEffectAtOnceAndSpareTheirOwnService() {
    assertThat(append().toCompletableFuture()).isCompleted();
    faults.set(FaultSettings.newBuilder().setFailShare(1).build());
    assertThatThrownBy(() -> append().toCompletableFuture().join())
        .hasCauseInstanceOf(RpcException.class)
        .hasMessageContaining("injected by shop.Faults: failShare is 1.0");
    FaultSettings none = FaultSettings.getDefaultInstance();
    assertThat(call(FaultsClient.SET, none, none).toCompletableFuture()).isCompleted();
  }

  @Test
  void extraLatency_delaysTheReplyWithoutHoldingTheThread() {
    faults.set(FaultSettings.newBuilder().setExtraLatencyMillis(100).build());
    CompletableFuture<?> reply = append().toCompletableFuture();
    assertThat(reply).isNotDone();
    assertThat(reply.join()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0", "1.1, 0", "NaN, 0", "0, -1", "0, 60001"})
  void settingsOutOfRange_areRefusedAndChangeNothing(double share, int latency) {
    FaultSettings bad =
        FaultSettings.newBuilder().setFailShare(share).setExtraLatencyMillis(latency).build();
    assertThatThrownBy(() -> faults.set(bad))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).isEqualTo(Status.Code.INVALID_ARGUMENT))
        .hasMessageContaining("expected");
    assertThat(faults.settings()).isEqualTo(FaultSettings.getDefaultInstance());
  }
}
