package dev.clearspan.rpc.internal.netty;

/**
 * Asks a connection's protocol, as a user event, what to do about a peer that has said nothing for
 * long. Without an answer the connection stays. Loop-confined.
 */
public final class IdleCheck {
  /** What the protocol answered. */
  enum Answer {
    KEEP,
    ASKED,
    CLOSE
  }

  private Answer answer = Answer.KEEP;

  IdleCheck() {}

  /** The peer has been sent something it must answer; silence ends the connection. */
  public void asked() {
    answer = Answer.ASKED;
  }

  /** Nothing is under way: the connection can be closed. */
  public void close() {
    answer = Answer.CLOSE;
  }

  Answer answer() {
    return answer;
  }
}
