package dev.clearspan.rpc.server;

/** A request message: decoded already, or bytes that are decoded where the handler runs. */
public interface RequestSource<Q> {
  /**
   * The message. Called at most once.
   *
   * @throws IllegalArgumentException if the bytes are no such message
   */
  Q read();

  /** Frees the bytes; called once, whether read or not. */
  void release();

  /** A message that is there already. */
  static <Q> RequestSource<Q> of(Q message) {
    return new RequestSource<>() {
      @Override
      public Q read() {
        return message;
      }

      @Override
      public void release() {}
    };
  }
}
