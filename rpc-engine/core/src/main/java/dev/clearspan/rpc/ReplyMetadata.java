package dev.clearspan.rpc;

/**
 * Hears the metadata that came with a call's reply: that of the attempt whose outcome became the
 * call's. Called before the call completes, on any thread; must not block.
 */
public interface ReplyMetadata {
  /** What the server sent before its first message; empty if nothing. Heard at most once. */
  default void headers(Metadata headers) {}

  /** What the server sent with the status; empty if nothing. Heard at most once. */
  default void trailers(Metadata trailers) {}
}
