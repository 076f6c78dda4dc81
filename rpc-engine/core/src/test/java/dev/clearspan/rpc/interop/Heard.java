package dev.clearspan.rpc.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** What a stock client has heard of one call. */
final class Heard<R> implements StreamObserver<R> {
  private static final ConditionFactory AT_ONCE =
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2));

  final List<R> messages = new CopyOnWriteArrayList<>();
  private volatile boolean over;
  private volatile @Nullable Throwable failure;

  @Override
  public void onNext(R message) {
    messages.add(message);
  }

  @Override
  public void onError(Throwable why) {
    failure = why;
    over = true;
  }

  @Override
  public void onCompleted() {
    over = true;
  }

  /** Waits until so many messages have come. */
  void await(int count) {
    AT_ONCE.until(() -> messages.size() >= count || over);
    assertThat(messages).hasSizeGreaterThanOrEqualTo(count);
  }

  /** Waits for the end, which must be OK, and gives all messages. */
  List<R> all() {
    AT_ONCE.until(() -> over);
    assertThat(failure).isNull();
    return messages;
  }

  /** Waits for the end, which must be an error. */
  StatusRuntimeException failure() {
    AT_ONCE.until(() -> over);
    return Status.fromThrowable(Objects.requireNonNull(failure)).asRuntimeException();
  }
}
