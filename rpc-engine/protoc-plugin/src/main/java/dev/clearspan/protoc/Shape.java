package dev.clearspan.protoc;

/** Which sides of a method stream; the names are those of core's {@code MethodShape}. */
enum Shape {
  UNARY("unary"),
  CLIENT_STREAMING("clientStreaming"),
  SERVER_STREAMING("serverStreaming"),
  BIDI_STREAMING("bidiStreaming");

  private final String binding;

  Shape(String binding) {
    this.binding = binding;
  }

  static Shape of(boolean clientStreams, boolean serverStreams) {
    if (clientStreams) {
      return serverStreams ? BIDI_STREAMING : CLIENT_STREAMING;
    }
    return serverStreams ? SERVER_STREAMING : UNARY;
  }

  /** The factory of core's {@code BoundMethod} for such a method. */
  String binding() {
    return binding;
  }

  boolean clientStreams() {
    return this == CLIENT_STREAMING || this == BIDI_STREAMING;
  }
}
