package dev.clearspan.bridge;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.clearspan.bridge.library.Book;
import dev.clearspan.bridge.library.LibraryGrpc;
import dev.clearspan.bridge.library.LibraryGrpc.LibraryBlockingStub;
import dev.clearspan.rpc.RpcServer;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What users of grpc-java rely on, with stubs and services that its generator made. Whoever
 * inherits says what lies between them.
 */
abstract class BridgeContract {
  final LibraryService service = new LibraryService();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private Channel channel;

  /** A channel to {@link #service} behind {@link EchoingHeaders}. */
  abstract Channel open() throws Exception;

  @BeforeEach
  final void openChannel() throws Exception {
    channel = open();
  }

  @AfterEach
  final void closeAll() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  /** Closes the thing after the test. */
  final <T extends AutoCloseable> T opened(T thing) {
    opened.push(thing);
    return thing;
  }

  /** The service as Clearspan serves it. */
  final RpcServer served() {
    return opened(
        RpcServer.builder("library")
            .service(
                GrpcServices.of(
                    ServerInterceptors.intercept(service, new EchoingHeaders()),
                    BridgeThreads.callbacks()))
            .start());
  }

  @Test
  void blockingStubGetsTheReply() {
    assertThat(blocking().lend(book("Emma", 3))).isEqualTo(book("Emma", 2));
  }

  @Test
  void futureStubGetsTheReply() throws Exception {
    assertThat(LibraryGrpc.newFutureStub(channel).lend(book("Emma", 3)).get(10, SECONDS))
        .isEqualTo(book("Emma", 2));
  }

  @Test
  void asyncStubGetsTheReply() {
    Heard heard = new Heard();
    async().lend(book("Emma", 3), heard);

    assertThat(heard.all()).containsExactly(book("Emma", 2));
  }

  @Test
  void serverStreamIsIterated() {
    List<Integer> numbers = new ArrayList<>();
    blocking().browse(book("Emma", 1_000)).forEachRemaining(each -> numbers.add(each.getCopies()));

    assertThat(numbers).hasSize(1_000).isSorted().startsWith(1);
  }

  @Test
  void clientStreamGetsOneReply() {
    Heard heard = new Heard();
    StreamObserver<Book> books = async().return_(heard);
    for (int i = 0; i < 100; i++) {
      books.onNext(book("Emma", 2));
    }
    books.onCompleted();

    assertThat(heard.all()).containsExactly(book("all", 200));
  }

  @Test
  void bothStreamAtOnce() {
    Heard heard = new Heard();
    StreamObserver<Book> books = async().swap(heard);
    for (int i = 1; i <= 5; i++) {
      books.onNext(book("Emma", i));
      int sent = i;
      await().until(() -> heard.books.size() == sent);
    }
    books.onCompleted();

    assertThat(heard.all()).hasSize(5).endsWith(book("another Emma", 5));
  }

  @Test
  void statusDescriptionAndTrailersArrive() {
    StatusRuntimeException error = failure(() -> blocking().lend(book("lost", 1)));

    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(error.getStatus().getDescription()).isEqualTo("nobody knows where it is: \u00e9");
    assertThat(error.getTrailers()).isNotNull();
    assertThat(error.getTrailers().get(LibraryService.SHELF)).containsExactly(0, 1, 0xff);
  }

  @Test
  void exceptionOfTheServiceIsUnknown() {
    assertThat(failure(() -> blocking().lend(book("torn", 1))).getStatus().getCode())
        .isEqualTo(Status.Code.UNKNOWN);
  }

  @Test
  void methodThatIsNotOverriddenIsUnimplemented() {
    assertThat(failure(() -> blocking().find(book("Emma", 1))).getStatus().getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void metadataTravelsBothWays() {
    Metadata sent = new Metadata();
    sent.put(EchoingHeaders.READER, "ann");
    sent.put(EchoingHeaders.CARD, new byte[] {-1, 0, 1});
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    LibraryBlockingStub stub =
        LibraryGrpc.newBlockingStub(
            ClientInterceptors.intercept(
                channel,
                MetadataUtils.newAttachHeadersInterceptor(sent),
                MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)));

    stub.lend(book("Emma", 1));
    assertReader(requireNonNull(headers.get()));
    assertReader(requireNonNull(trailers.get()));

    stub.browse(book("Emma", 2)).forEachRemaining(each -> {});
    assertReader(requireNonNull(headers.get()));
    assertReader(requireNonNull(trailers.get()));
  }

  @Test
  void deadlineEndsTheCallAndReachesTheServicesContext() throws Exception {
    LibraryBlockingStub hasty = blocking().withDeadlineAfter(300, MILLISECONDS);

    StatusRuntimeException error = failure(() -> hasty.lend(book("reserved", 1)));

    assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(service.gaveUp.await(10, SECONDS)).isTrue();
  }

  @Test
  void deadlineThatHasPassedEndsTheCallAtOnce() {
    LibraryBlockingStub late = blocking().withDeadlineAfter(-1, SECONDS);

    assertThat(failure(() -> late.lend(book("Emma", 1))).getStatus().getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void serviceSeesTheDeadlineInItsContext() {
    LibraryBlockingStub patient = blocking().withDeadlineAfter(20, SECONDS);

    assertThat(patient.lend(book("for how long", 1)).getCopies()).isBetween(1, 20_000);
  }

  @Test
  void deadlineOfTheCallersContextCounts() throws Exception {
    Context.CancellableContext hasty =
        Context.current().withDeadlineAfter(300, MILLISECONDS, BridgeThreads.deadlines());
    try {
      StatusRuntimeException error =
          hasty.call(() -> failure(() -> blocking().lend(book("reserved", 1))));

      assertThat(error.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    } finally {
      hasty.cancel(null);
    }
  }

  @Test
  void cancelledContextOfTheCallerCancelsTheCall() throws Exception {
    Context.CancellableContext context = Context.current().withCancellation();
    Heard heard = new Heard();
    context.run(() -> async().lend(book("reserved", 1), heard));
    context.cancel(new IllegalStateException("no longer interested"));

    assertThat(heard.failure().getCode()).isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void cancellingAStreamReachesTheService() throws Exception {
    Heard heard = new Heard();
    ClientCallStreamObserver<Book> books = (ClientCallStreamObserver<Book>) async().swap(heard);
    books.onNext(book("Emma", 1));
    await().until(() -> heard.books.size() == 1);

    books.cancel("changed my mind", null);

    assertThat(service.gaveUp.await(10, SECONDS)).isTrue();
    assertThat(heard.failure().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(heard.failure().getDescription()).isEqualTo("changed my mind");
    assertThat(Status.fromThrowable(service.cause.get()).getCode())
        .isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void leavingAnIterationCancelsTheStream() throws Exception {
    Context.CancellableContext context = Context.current().withCancellation();
    Context before = context.attach();
    try {
      Iterator<Book> books = blocking().browse(book("Emma", Integer.MAX_VALUE));
      assertThat(books.next().getCopies()).isEqualTo(1);
    } finally {
      context.detach(before);
      context.cancel(null);
    }

    assertThat(service.gaveUp.await(10, SECONDS)).isTrue();
  }

  @Test
  void onlyWhatIsRequestedIsHeardAndTheServiceIsHeldBack() {
    AtomicReference<ClientCallStreamObserver<Book>> call = new AtomicReference<>();
    Heard heard = new Heard();
    async()
        .browse(
            book("x".repeat(10_000), 1_000_000),
            new ClientResponseObserver<Book, Book>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<Book> observed) {
                observed.disableAutoRequestWithInitial(1);
                call.set(observed);
              }

              @Override
              public void onNext(Book book) {
                heard.onNext(book);
              }

              @Override
              public void onError(Throwable failure) {
                heard.onError(failure);
              }

              @Override
              public void onCompleted() {
                heard.onCompleted();
              }
            });

    await().until(() -> heard.books.size() == 1);
    await().until(() -> service.sent.get() > 1);
    await().during(300, MILLISECONDS).until(() -> heard.books.size() == 1);
    assertThat(service.sent.get()).isLessThan(100_000);
    ClientCallStreamObserver<Book> stream = requireNonNull(call.get());
    stream.request(3);
    await().until(() -> heard.books.size() == 4);
    stream.cancel("enough", null);
  }

  private void assertReader(Metadata metadata) {
    assertThat(metadata.get(EchoingHeaders.READER)).isEqualTo("ann");
    assertThat(metadata.get(EchoingHeaders.CARD)).containsExactly(-1, 0, 1);
  }

  private LibraryBlockingStub blocking() {
    return LibraryGrpc.newBlockingStub(channel).withDeadlineAfter(20, SECONDS);
  }

  private LibraryGrpc.LibraryStub async() {
    return LibraryGrpc.newStub(channel).withDeadlineAfter(20, SECONDS);
  }

  static Book book(String title, int copies) {
    return Book.newBuilder().setTitle(title).setCopies(copies).build();
  }

  private static StatusRuntimeException failure(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run);
  }

  /** What a call's observer heard. */
  private static final class Heard implements StreamObserver<Book> {
    private final List<Book> books = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    @Override
    public void onNext(Book book) {
      books.add(book);
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }

    List<Book> all() {
      assertThat(end.orTimeout(10, SECONDS).join().isOk()).isTrue();
      return books;
    }

    Status failure() {
      return end.orTimeout(10, SECONDS).join();
    }
  }
}
