package dev.clearspan.bridge;

import dev.clearspan.bridge.library.Book;
import dev.clearspan.bridge.library.LibraryGrpc;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A service as people have it: written for grpc-java, and not knowing of Clearspan. */
final class LibraryService extends LibraryGrpc.LibraryImplBase {
  static final Metadata.Key<byte[]> SHELF =
      Metadata.Key.of("shelf-bin", Metadata.BINARY_BYTE_MARSHALLER);

  /** Goes down when a call's context is cancelled or its client is gone. */
  final CountDownLatch gaveUp = new CountDownLatch(1);

  final AtomicReference<Throwable> cause = new AtomicReference<>();
  final AtomicInteger sent = new AtomicInteger();

  @Override
  public void lend(Book request, StreamObserver<Book> reply) {
    switch (request.getTitle()) {
      case "lost" -> reply.onError(lost());
      case "torn" -> throw new IllegalStateException("page 7 is torn");
      case "reserved" -> awaitCancellation();
      case "for how long" -> {
        Deadline deadline = Context.current().getDeadline();
        long left = deadline == null ? -1 : deadline.timeRemaining(TimeUnit.MILLISECONDS);
        answer(reply, request.toBuilder().setCopies((int) left).build());
      }
      default -> answer(reply, request.toBuilder().setCopies(request.getCopies() - 1).build());
    }
  }

  @Override
  public void browse(Book request, StreamObserver<Book> replies) {
    ServerCallStreamObserver<Book> books = (ServerCallStreamObserver<Book>) replies;
    books.setOnCancelHandler(gaveUp::countDown);
    books.setOnReadyHandler(
        () -> {
          while (books.isReady() && sent.get() < request.getCopies()) {
            int number = sent.incrementAndGet();
            books.onNext(request.toBuilder().setCopies(number).build());
            if (number == request.getCopies()) {
              books.onCompleted();
            }
          }
        });
  }

  @Override
  public StreamObserver<Book> return_(StreamObserver<Book> reply) {
    return new StreamObserver<>() {
      private int copies;

      @Override
      public void onNext(Book book) {
        copies += book.getCopies();
      }

      @Override
      public void onError(Throwable failure) {
        gaveUp.countDown();
      }

      @Override
      public void onCompleted() {
        answer(reply, Book.newBuilder().setTitle("all").setCopies(copies).build());
      }
    };
  }

  @Override
  public StreamObserver<Book> swap(StreamObserver<Book> replies) {
    return new StreamObserver<>() {
      @Override
      public void onNext(Book book) {
        replies.onNext(book.toBuilder().setTitle("another " + book.getTitle()).build());
      }

      @Override
      public void onError(Throwable failure) {
        cause.set(failure);
        gaveUp.countDown();
      }

      @Override
      public void onCompleted() {
        replies.onCompleted();
      }
    };
  }

  private static void answer(StreamObserver<Book> reply, Book book) {
    reply.onNext(book);
    reply.onCompleted();
  }

  private void awaitCancellation() {
    Context.current().addListener(context -> gaveUp.countDown(), Runnable::run);
  }

  private static RuntimeException lost() {
    Metadata trailers = new Metadata();
    trailers.put(SHELF, new byte[] {0, 1, (byte) 0xff});
    return Status.NOT_FOUND
        .withDescription("nobody knows where it is: \u00e9")
        .asRuntimeException(trailers);
  }
}
