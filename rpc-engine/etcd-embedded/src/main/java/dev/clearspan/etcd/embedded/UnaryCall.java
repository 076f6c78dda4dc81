package dev.clearspan.etcd.embedded;

import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call of one request and one reply. A caller that gives up does not undo what it asked for.
 */
final class UnaryCall<Q, R> implements StreamReceiver<Q>, GroupCommit.Answer<R> {
  private final GroupCommit commits;
  private final Function<Q, R> work;
  private final Replies<R> replies;

  UnaryCall(GroupCommit commits, Function<Q, R> work, ReplyStream<R> replies) {
    this.commits = commits;
    this.work = work;
    this.replies = new Replies<>(replies);
    replies.request(1);
  }

  @Override
  public void message(Q request) {
    commits.submit(() -> work.apply(request), this);
  }

  @Override
  public void done(R reply) {
    replies.send(reply);
    replies.end();
  }

  @Override
  public void failed(Status status) {
    replies.end(status);
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {}
}
