package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;

/**
 * Where one call is answered, for the registry's thread: nothing that a call does can fail there.
 *
 * @param <R> the replies
 */
final class Replies<R> {
  private final ReplyStream<R> stream;
  private boolean ended;

  Replies(ReplyStream<R> stream) {
    this.stream = stream;
  }

  /** Sends a reply; one that cannot be sent ends the call. */
  void send(R reply) {
    if (!ended) {
      try {
        stream.send(reply);
      } catch (RpcException e) {
        end(e.status());
      }
    }
  }

  void end(Status status) {
    if (!ended) {
      ended = true;
      stream.end(status, Metadata.EMPTY);
    }
  }

  void end() {
    end(Status.OK);
  }

  /** Accepts one more request. */
  void next() {
    if (!ended) {
      stream.request(1);
    }
  }

  /** Whether little waits to be sent. */
  boolean isReady() {
    return !ended && stream.isReady();
  }
}
