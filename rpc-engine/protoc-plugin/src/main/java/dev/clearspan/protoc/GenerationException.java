package dev.clearspan.protoc;

/** A .proto file from which no Java can be made; the message is for its author. */
final class GenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GenerationException(String message) {
    super(message);
  }
}
