package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.etcd.embedded.api.DeleteRangeRequest;
import dev.clearspan.etcd.embedded.api.DeleteRangeResponse;
import dev.clearspan.etcd.embedded.api.WatchCancelRequest;
import dev.clearspan.etcd.embedded.api.WatchCreateRequest;
import dev.clearspan.etcd.embedded.api.WatchProgressRequest;
import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison with etcd leaves out, since the releases of etcd differ or take minutes. */
final class WatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private EmbeddedRegistry registry;
  private Peer peer;
  private volatile boolean ended;
  private final Queue<WatchResponse> heard = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() {
    RegistrySettings settings =
        RegistrySettings.in(directory).withPort(0).withProgressInterval(Duration.ofMillis(100));
    registry = EmbeddedRegistry.start(settings);
    peer = new Peer(registry.endpoint());
  }

  @AfterEach
  void stop() {
    peer.close();
    registry.close();
  }

  @Test
  void progressThatIsAskedForComesAfterWhatItIsAbout() {
    StreamObserver<WatchRequest> requests = watch();
    for (int i = 0; i < 500; i++) {
      Requests.put(peer, "k" + i, "");
    }
    create(requests, Requests.watchAll(2).build());
    requests.onNext(
        WatchRequest.newBuilder()
            .setProgressRequest(WatchProgressRequest.getDefaultInstance())
            .build());

    WatchResponse progress = await(-1);
    assertThat(progress.getHeader().getRevision()).isEqualTo(501);
    assertThat(heard.stream().mapToInt(WatchResponse::getEventsCount).sum()).isEqualTo(500);
  }

  @Test
  void aQuietWatchHearsThatItIsOnlyQuiet() {
    create(watch(), Requests.watchAll(0).setWatchId(5).setProgressNotify(true).build());

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> heard.stream().anyMatch(each -> each.getWatchId() == 5 && !each.getCreated()));
  }

  @Test
  void manyEventsOfOneRevisionComeInFragmentsToWhoTakesThem() {
    String value = "x".repeat(1 << 19);
    for (int i = 0; i < 6; i++) {
      Requests.put(peer, "k" + i, value);
    }
    create(watch(), Requests.watchAll(0).setPrevKv(true).setFragment(true).build());
    Awaitility.await().atMost(PATIENCE).until(() -> !heard.isEmpty());

    var all =
        DeleteRangeRequest.newBuilder()
            .setKey(Requests.bytes("k"))
            .setRangeEnd(Requests.bytes("l"))
            .build();
    peer.call("KV/DeleteRange", all, DeleteRangeResponse.getDefaultInstance());

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> heard.stream().mapToInt(WatchResponse::getEventsCount).sum() == 6);
    List<Boolean> fragments =
        heard.stream()
            .filter(each -> each.getEventsCount() > 0)
            .map(WatchResponse::getFragment)
            .toList();
    assertThat(fragments).containsExactly(true, true, false);
  }

  @Test
  void aCancelledWatchHearsNothingMore() {
    StreamObserver<WatchRequest> requests = watch();
    create(requests, Requests.watchAll(0).setWatchId(7).build());
    create(requests, Requests.watchAll(0).setWatchId(8).build());
    requests.onNext(
        WatchRequest.newBuilder()
            .setCancelRequest(WatchCancelRequest.newBuilder().setWatchId(7))
            .build());
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> heard.stream().anyMatch(each -> each.getCanceled()));
    Requests.put(peer, "k", "");

    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> heard.stream().anyMatch(each -> each.getEventsCount() > 0));
    assertThat(heard).noneMatch(each -> each.getWatchId() == 7 && each.getEventsCount() > 0);
  }

  @Test
  void watchesEndWhenTheRegistryStops() {
    create(watch(), Requests.watchAll(0).build());
    Awaitility.await().atMost(PATIENCE).until(() -> !heard.isEmpty());

    registry.close();

    Awaitility.await().atMost(PATIENCE).until(() -> ended);
    registry = EmbeddedRegistry.start(RegistrySettings.in(directory).withPort(0));
  }

  private StreamObserver<WatchRequest> watch() {
    return peer.watch(
        new StreamObserver<>() {
          @Override
          public void onNext(WatchResponse response) {
            heard.add(response);
          }

          @Override
          public void onError(Throwable failure) {
            ended = true;
          }

          @Override
          public void onCompleted() {
            ended = true;
          }
        });
  }

  private static void create(StreamObserver<WatchRequest> requests, WatchCreateRequest request) {
    requests.onNext(WatchRequest.newBuilder().setCreateRequest(request).build());
  }

  private WatchResponse await(long watch) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> heard.stream().anyMatch(each -> each.getWatchId() == watch));
    return heard.stream().filter(each -> each.getWatchId() == watch).findFirst().orElseThrow();
  }
}
