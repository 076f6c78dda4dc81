package dev.clearspan.bridge;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.StreamSender;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A streaming call of a stub. */
final class StreamStubCall<Q, R> extends StubCall<Q, R> implements StreamReceiver<R> {
  private volatile @Nullable StreamSender<Q> sender;
  private boolean headed; // the receiver's, which is called by one thread at a time

  StreamStubCall(RpcChannel channel, MethodSpec<Q, R> method, io.grpc.CallOptions options) {
    super(channel, method, options);
  }

  @Override
  void begin(CallOptions callOptions) {
    StreamSender<Q> opened = channel.open(method, callOptions, this);
    sender = opened;
    if (opened.isReady()) {
      ready();
    }
  }

  @Override
  void giveUp(String reason) {
    StreamSender<Q> open = sender;
    if (open == null) {
      close(Status.CANCELLED.withDescription(reason), Metadata.EMPTY);
    } else {
      open.cancel(reason);
    }
  }

  @Override
  public void request(int messages) {
    StreamSender<Q> open = sender;
    if (open != null) {
      open.request(messages);
    }
  }

  @Override
  public void sendMessage(Q message) {
    StreamSender<Q> open = sender;
    if (open == null) {
      return;
    }
    try {
      open.send(message);
    } catch (RpcException e) {
      cancelWith(Statuses.theirs(e));
    }
  }

  @Override
  public void halfClose() {
    StreamSender<Q> open = sender;
    if (open != null) {
      open.finish();
    }
  }

  @Override
  public boolean isReady() {
    StreamSender<Q> open = sender;
    return open != null && !isClosing() && open.isReady();
  }

  @Override
  public void headers(Metadata headers) {
    headed = true;
    tell(heard -> heard.onHeaders(Headers.theirs(headers)));
  }

  @Override
  public void message(R message) {
    if (!headed) {
      headers(Metadata.EMPTY);
    }
    tell(heard -> heard.onMessage(message));
  }

  @Override
  public void ready() {
    tell(Listener::onReady);
  }

  @Override
  public void ended(@Nullable RpcException failure, Metadata trailers) {
    close(failure == null ? Status.OK : Statuses.theirs(failure), trailers);
  }
}
