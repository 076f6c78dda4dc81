package dev.clearspan.console.oidc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of an answer, up to a size: one that is larger is not read to its end. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final int mostBytes;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      if (part.remaining() > mostBytes - read.size()) {
        refuse();
        return;
      }
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      read.writeBytes(bytes);
    }
  }

  private void refuse() {
    if (subscription != null) {
      subscription.cancel();
    }
    whole.completeExceptionally(
        new IOException("more than " + mostBytes + " bytes (expected: fewer)"));
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(read.toByteArray());
  }
}
