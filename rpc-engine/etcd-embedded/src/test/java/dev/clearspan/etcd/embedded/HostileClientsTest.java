package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.clearspan.etcd.embedded.api.Compare;
import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.DeleteRangeResponse;
import dev.clearspan.etcd.embedded.api.PutRequest;
import dev.clearspan.etcd.embedded.api.PutResponse;
import dev.clearspan.etcd.embedded.api.RequestOp;
import dev.clearspan.etcd.embedded.api.TxnRequest;
import dev.clearspan.etcd.embedded.api.TxnResponse;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask for too much, or for nonsense, are told so; the others notice nothing. */
final class HostileClientsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private EmbeddedRegistry registry;
  private Peer peer;

  @BeforeEach
  void start() {
    RegistrySettings settings =
        RegistrySettings.in(directory).withPort(0).withHistory(2_000, 8 << 20).withQuota(16 << 20);
    registry = EmbeddedRegistry.start(settings);
    peer = new Peer(registry.endpoint());
  }

  @AfterEach
  void stillServes() {
    Requests.put(peer, "alive", "");
    assertThat(Requests.get(peer, "alive").getCount()).isEqualTo(1);
    peer.close();
    registry.close();
  }

  @Test
  void largeRequestsAreRefused() {
    assertRefused(() -> put("k", 3 << 19), "INVALID_ARGUMENT: etcdserver: request is too large");
    assertThatThrownBy(() -> put("k", 20 << 20))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("RESOURCE_EXHAUSTED");
  }

  @Test
  void whatIsNoProtobufIsRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[1 + random.nextInt(40)];
      random.nextBytes(noise);
      try {
        TxnResponse unused =
            peer.call("KV/Txn", noise, new Noise(), TxnResponse.getDefaultInstance());
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode())
            .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.INTERNAL, Status.Code.OUT_OF_RANGE);
      }
    }
  }

  @Test
  void transactionsAreBounded() {
    TxnRequest.Builder wide = TxnRequest.newBuilder();
    for (int i = 0; i <= RequestChecks.MOST_OPERATIONS; i++) {
      wide.addCompare(Compare.newBuilder().setKey(Requests.bytes("k")));
    }
    assertRefused(
        () -> transact(wide.build()),
        "INVALID_ARGUMENT: etcdserver: too many operations in txn request");
    TxnRequest deep = TxnRequest.getDefaultInstance();
    for (int i = 0; i < 500; i++) {
      deep = TxnRequest.newBuilder().addSuccess(RequestOp.newBuilder().setRequestTxn(deep)).build();
    }
    TxnRequest tooDeep = deep;
    assertThatThrownBy(() -> transact(tooDeep)).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void aFullRegistryRefusesWritesUntilThereIsRoom() {
    assertRefused(
        () -> {
          for (int i = 0; i < 40; i++) {
            put("large/" + i, 1 << 20);
          }
        },
        "RESOURCE_EXHAUSTED: etcdserver: mvcc: database space exceeded");
    var delete =
        DeleteRangeRequest.newBuilder()
            .setKey(Requests.bytes("large/"))
            .setRangeEnd(Requests.bytes("large0"))
            .build();
    var gone = peer.call("KV/DeleteRange", delete, DeleteRangeResponse.getDefaultInstance());

    assertThat(gone.getDeleted()).isBetween(10L, 20L);
  }

  @Test
  void thousandsOfWatchesOnOneStream() {
    int many = 5_000;
    Watching watching = new Watching(peer);
    for (int i = 0; i < many; i++) {
      watching.create(
          WatchCreateRequest.newBuilder().setKey(Requests.bytes("k" + i % 100)).build());
    }
    Awaitility.await().atMost(PATIENCE).until(() -> watching.created() == many);
    Requests.put(peer, "k5", "");

    Awaitility.await().atMost(PATIENCE).until(() -> events(watching) == many / 100);
  }

  private static long events(Watching watching) {
    return watching.heard().values().stream()
        .flatMap(List::stream)
        .filter(each -> each.contains("kv {"))
        .count();
  }

  /** It reads nothing while much more than the history holds goes by; then it is told so. */
  @Test
  void aWatcherThatDoesNotReadCostsNoMemoryAndIsToldWhatItMissed() {
    SlowWatcher slow = new SlowWatcher();
    var requests = peer.watch(slow);
    requests.onNext(WatchRequest.newBuilder().setCreateRequest(Requests.watchAll(0)).build());
    slow.read(1);
    Awaitility.await().atMost(PATIENCE).until(() -> slow.heard.get() == 1);
    for (int i = 0; i < 60; i++) {
      put("k" + i % 4, 1 << 20);
    }

    slow.read(1_000);

    Awaitility.await().atMost(PATIENCE).until(() -> slow.end.isDone());
    assertThat(slow.end.join().getCompactRevision()).isPositive();
    assertThat(slow.heard.get()).isLessThan(40);
  }

  private void put(String key, int bytes) {
    PutRequest request =
        PutRequest.newBuilder()
            .setKey(Requests.bytes(key))
            .setValue(ByteString.copyFrom(new byte[bytes]))
            .build();
    PutResponse unused = peer.call("KV/Put", request, PutResponse.getDefaultInstance());
  }

  private void transact(TxnRequest request) {
    TxnResponse unused = peer.call("KV/Txn", request, TxnResponse.getDefaultInstance());
  }

  private static void assertRefused(Runnable call, String message) {
    assertThatThrownBy(call::run).isInstanceOf(StatusRuntimeException.class).hasMessage(message);
  }

  /** Reads only when it is told to. */
  private static final class SlowWatcher
      implements ClientResponseObserver<WatchRequest, WatchResponse> {
    private final AtomicLong heard = new AtomicLong();
    private final CompletableFuture<WatchResponse> end = new CompletableFuture<>();
    private final List<ClientCallStreamObserver<WatchRequest>> call = new ArrayList<>();

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
      stream.disableAutoRequestWithInitial(0);
      call.add(stream);
    }

    void read(int responses) {
      call.get(0).request(responses);
    }

    @Override
    public void onNext(WatchResponse response) {
      heard.incrementAndGet();
      if (response.getCanceled()) {
        end.complete(response);
      }
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  /** Bytes as they are. */
  private static final class Noise implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      throw new UnsupportedOperationException();
    }
  }
}
