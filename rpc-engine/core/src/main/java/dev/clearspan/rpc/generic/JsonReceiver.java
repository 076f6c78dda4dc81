package dev.clearspan.rpc.generic;

import com.google.protobuf.DynamicMessage;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.StreamReceiver;
import org.jspecify.annotations.Nullable;

/** Hears a client's stream and passes its messages on as JSON. */
record JsonReceiver(GenericMethod method, StreamReceiver<String> replies)
    implements StreamReceiver<DynamicMessage> {
  @Override
  public void headers(Metadata headers) {
    replies.headers(headers);
  }

  @Override
  public void message(DynamicMessage message) {
    replies.message(method.reply().write(message));
  }

  @Override
  public void finished() {
    replies.finished();
  }

  @Override
  public void ready() {
    replies.ready();
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {
    replies.ended(failure, trailers);
  }
}
