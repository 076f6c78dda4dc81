package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.StreamSender;

/** The sending half of an attempt that ended before it began: takes everything, sends nothing. */
public final class Unsent<S> implements StreamSender<S> {
  @Override
  public void send(S message) {}

  @Override
  public boolean isReady() {
    return false;
  }

  @Override
  public void finish() {}

  @Override
  public void request(int messages) {}

  @Override
  public void cancel(String reason) {}
}
