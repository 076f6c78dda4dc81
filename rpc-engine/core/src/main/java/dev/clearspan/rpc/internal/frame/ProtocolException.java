package dev.clearspan.rpc.internal.frame;

/** The peer broke the protocol: the connection is closed with a GOAWAY that carries this. */
public final class ProtocolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final GoAway.Reason reason;

  /** The message says what was found and what was expected. */
  public ProtocolException(GoAway.Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public GoAway.Reason reason() {
    return reason;
  }
}
