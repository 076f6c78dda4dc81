package dev.clearspan.benchmarks;

import com.google.protobuf.ByteString;
import dev.clearspan.benchmarks.proto.Ball;
import java.util.concurrent.atomic.AtomicLong;

/** Makes the balls of one load and knows them when they come back. Thread-safe. */
final class Balls {
  private final ByteString payload;
  private final int pauseEvery;
  private final AtomicLong ids = new AtomicLong();

  Balls(Load load) {
    this.payload = ByteString.copyFrom(new byte[load.payloadBytes()]);
    this.pauseEvery = load.pauseEvery();
  }

  Ball next() {
    long id = ids.incrementAndGet();
    Ball.Builder ball = Ball.newBuilder().setId(id).setPayload(payload);
    if (pauseEvery > 0 && id % pauseEvery == 0) {
      ball.setPauseMillis(Load.PAUSE_MILLIS);
    }
    return ball.build();
  }

  boolean isBack(long id, Ball reply) {
    return reply.getId() == id && reply.getPayload().size() == payload.size();
  }
}
