package dev.clearspan.rpc;

/** Which sides of a method send a stream of messages instead of one. */
public enum MethodShape {
  UNARY(false, false),
  CLIENT_STREAMING(true, false),
  SERVER_STREAMING(false, true),
  BIDI_STREAMING(true, true);

  private final boolean clientStreams;
  private final boolean serverStreams;

  MethodShape(boolean clientStreams, boolean serverStreams) {
    this.clientStreams = clientStreams;
    this.serverStreams = serverStreams;
  }

  /** The shape that a .proto's two "stream" words mean. */
  public static MethodShape of(boolean clientStreams, boolean serverStreams) {
    if (clientStreams) {
      return serverStreams ? BIDI_STREAMING : CLIENT_STREAMING;
    }
    return serverStreams ? SERVER_STREAMING : UNARY;
  }

  /** Whether the client may send any number of messages; else it sends exactly one. */
  public boolean clientStreams() {
    return clientStreams;
  }

  /** Whether the server may send any number of messages; else an OK reply has exactly one. */
  public boolean serverStreams() {
    return serverStreams;
  }
}
