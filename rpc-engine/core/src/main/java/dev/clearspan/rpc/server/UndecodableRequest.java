package dev.clearspan.rpc.server;

/** The request's bytes are not the message that the method takes. */
public final class UndecodableRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UndecodableRequest(String method, RuntimeException cause) {
    super("request of " + method + ": " + cause.getMessage(), cause);
  }
}
