package dev.clearspan.bridge;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A unary call of a stub. It is made when the request is complete, as a unary call of Clearspan's:
 * so it passes the interceptors, and is retried and hedged by the policy.
 */
final class UnaryStubCall<Q, R> extends StubCall<Q, R> implements ReplyMetadata {
  private @Nullable CallOptions options; // the stub's, which calls from one thread at a time
  private @Nullable Q request; // the stub's
  private volatile @Nullable CompletableFuture<R> call;
  private volatile boolean givenUp;
  private volatile Metadata headers = Metadata.EMPTY;
  private volatile Metadata trailers = Metadata.EMPTY;

  UnaryStubCall(RpcChannel channel, MethodSpec<Q, R> method, io.grpc.CallOptions options) {
    super(channel, method, options);
  }

  @Override
  void begin(CallOptions callOptions) {
    options = callOptions.withReplyMetadata(this);
    tell(Listener::onReady);
  }

  @Override
  void giveUp(String reason) {
    givenUp = true;
    CompletableFuture<R> made = call;
    if (made == null) {
      close(Status.CANCELLED.withDescription(reason), Metadata.EMPTY);
    } else {
      made.cancel(true);
    }
  }

  /** Stubs ask for the one reply before they send the request. */
  @Override
  public void request(int messages) {}

  @Override
  public void sendMessage(Q message) {
    request = message;
  }

  @Override
  public void halfClose() {
    Q message = request;
    CallOptions begun = options;
    if (isClosing() || begun == null) {
      return;
    }
    if (message == null) {
      cancelWith(Status.INTERNAL.withDescription("requests of a unary call: none (expected: one)"));
      return;
    }
    CompletableFuture<R> made = channel.callAsync(method, message, begun).toCompletableFuture();
    call = made;
    if (givenUp) {
      made.cancel(true);
    }
    made.whenComplete(this::completed);
  }

  @Override
  public boolean isReady() {
    return options != null && !isClosing();
  }

  @Override
  public void headers(Metadata value) {
    headers = value;
  }

  @Override
  public void trailers(Metadata value) {
    trailers = value;
  }

  private void completed(@Nullable R reply, @Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    } else if (reply != null) {
      tell(heard -> heard.onHeaders(Headers.theirs(headers)));
      tell(heard -> heard.onMessage(reply));
      close(Status.OK, trailers);
    }
  }

  private void failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!headers.isEmpty()) {
      tell(heard -> heard.onHeaders(Headers.theirs(headers)));
    }
    if (cause instanceof RpcException e) {
      close(Statuses.theirs(e), trailers.isEmpty() ? e.metadata() : trailers);
    } else {
      close(Status.UNKNOWN.withCause(cause), trailers);
    }
  }
}
