package dev.clearspan.etcd.embedded;

import dev.clearspan.etcd.embedded.api.LeaseKeepAliveRequest;
import dev.clearspan.etcd.embedded.api.LeaseKeepAliveResponse;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One stream of renewals: each is answered before the next is taken. */
final class KeepAliveStream
    implements StreamReceiver<LeaseKeepAliveRequest>, GroupCommit.Answer<LeaseKeepAliveResponse> {
  private final GroupCommit commits;
  private final Function<LeaseKeepAliveRequest, LeaseKeepAliveResponse> renewal;
  private final Replies<LeaseKeepAliveResponse> replies;

  KeepAliveStream(
      GroupCommit commits,
      Function<LeaseKeepAliveRequest, LeaseKeepAliveResponse> renewal,
      ReplyStream<LeaseKeepAliveResponse> replies) {
    this.commits = commits;
    this.renewal = renewal;
    this.replies = new Replies<>(replies);
    replies.request(1);
  }

  @Override
  public void message(LeaseKeepAliveRequest request) {
    commits.submit(() -> renewal.apply(request), this);
  }

  @Override
  public void done(LeaseKeepAliveResponse reply) {
    replies.send(reply);
    replies.next();
  }

  @Override
  public void failed(Status status) {
    replies.end(status);
  }

  @Override
  public void finished() {
    commits.afterwards(replies::end);
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {}
}
