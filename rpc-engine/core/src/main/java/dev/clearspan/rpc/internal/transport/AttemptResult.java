package dev.clearspan.rpc.internal.transport;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.Status;
import org.jspecify.annotations.Nullable;

/** How one attempt ended. */
public sealed interface AttemptResult<R> {
  /** What the caller is told if this is the last attempt. */
  Status status();

  /** Bytes of encoded request payload; 0 when none was encoded. */
  int requestBytes();

  /**
   * The server answered, with OK or an error.
   *
   * @param message the decoded reply; null unless OK, and on streams
   * @param headers what the server sent before its first message; empty on streams, which have
   *     heard it
   * @param metadata what it sent with the status
   * @param keep the response's keep bit
   * @param serverNanos time the server took; -1 unknown
   * @param serverQueueNanos part of it before the handler; -1 unknown
   */
  record Replied<R>(
      Status status,
      @Nullable R message,
      Metadata headers,
      Metadata metadata,
      boolean keep,
      long serverNanos,
      long serverQueueNanos,
      int requestBytes,
      int responseBytes)
      implements AttemptResult<R> {

    /** A reply without headers. */
    public Replied(
        Status status,
        @Nullable R message,
        Metadata metadata,
        boolean keep,
        long serverNanos,
        long serverQueueNanos,
        int requestBytes,
        int responseBytes) {
      this(
          status,
          message,
          Metadata.EMPTY,
          metadata,
          keep,
          serverNanos,
          serverQueueNanos,
          requestBytes,
          responseBytes);
    }
  }

  /** Nothing left this process: no connection, GOAWAY, or closed before the write. */
  record NotSent<R>(Status status) implements AttemptResult<R> {
    @Override
    public int requestBytes() {
      return 0;
    }
  }

  /**
   * The server swears that no handler ran: draining, overloaded.
   *
   * @param metadata what it sent with the status: which limit it was, when to come again
   */
  record Refused<R>(Status status, Metadata metadata, int requestBytes)
      implements AttemptResult<R> {

    /** A refusal without metadata. */
    public Refused(Status status, int requestBytes) {
      this(status, Metadata.EMPTY, requestBytes);
    }
  }

  /** Sent, and then the connection was lost: a handler may have run. */
  record Unknown<R>(Status status, int requestBytes) implements AttemptResult<R> {}

  /** We gave it up. */
  record Cancelled<R>(Status status, int requestBytes) implements AttemptResult<R> {}
}
