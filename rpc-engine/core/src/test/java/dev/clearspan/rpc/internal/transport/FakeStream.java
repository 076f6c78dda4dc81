package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import java.util.ArrayList;
import java.util.List;

/** One attempt of a streaming call without a network: keeps what is sent, says what a test says. */
public final class FakeStream<Q, R> implements StreamSender<Q> {
  public final StreamRequest<Q, R> request;
  public final List<Q> sent = new ArrayList<>();
  public final StreamAttemptListener<R> listener;
  public boolean finished;
  public int requested;
  public boolean writable = true;
  private boolean over;

  FakeStream(StreamRequest<Q, R> request, StreamAttemptListener<R> listener) {
    this.request = request;
    this.listener = listener;
  }

  /** Ends the attempt, unless it is over. */
  public void end(AttemptResult<R> result) {
    if (!over) {
      over = true;
      listener.ended(result);
    }
  }

  @Override
  public void send(Q message) {
    sent.add(message);
  }

  @Override
  public boolean isReady() {
    return writable && !over;
  }

  @Override
  public void finish() {
    finished = true;
  }

  @Override
  public void request(int messages) {
    requested += messages;
  }

  @Override
  public void cancel(String reason) {
    end(new AttemptResult.Cancelled<>(Status.of(Status.Code.CANCELLED, reason), 1));
  }
}
