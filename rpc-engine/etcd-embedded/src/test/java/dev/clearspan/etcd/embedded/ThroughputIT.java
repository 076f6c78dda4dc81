package dev.clearspan.etcd.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.etcd.embedded.api.WatchRequest;
import dev.clearspan.etcd.embedded.api.WatchResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What it does on this machine, client and registry sharing it: printed, and only checked to be
 * more than a registry of 1,000 processes is asked for.
 */
@Tag("full")
final class ThroughputIT {
  private static final int WRITERS = 16;
  private static final int PUTS_OF_A_WRITER = 1_500;
  private static final int WATCHERS = 200;
  private static final int WATCHED_PUTS = 300;

  @Test
  void acknowledgedPutsAndWatchFanOut() throws InterruptedException {
    try (EmbeddedProcess registry = EmbeddedProcess.start()) {
      puts(registry, 300);
      double putsPerSecond = puts(registry, PUTS_OF_A_WRITER);
      double eventsPerSecond = fanOut(registry);

      System.out.printf(
          "%.0f puts/s acknowledged and kept (%d writers), %.0f watch events/s (%d watchers)%n",
          putsPerSecond, WRITERS, eventsPerSecond, WATCHERS);
      assertThat(putsPerSecond).isGreaterThan(1_000);
      assertThat(eventsPerSecond).isGreaterThan(10_000);
    }
  }

  private static double puts(EmbeddedProcess registry, int each) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(WRITERS);
    long began = System.nanoTime();
    for (int i = 0; i < WRITERS; i++) {
      String writer = "w" + i + "/";
      new Thread(
              () -> {
                try (Peer peer = new Peer(registry.endpoint())) {
                  for (int put = 0; put < each; put++) {
                    Requests.put(peer, writer + put % 100, "v" + put);
                  }
                }
                done.countDown();
              })
          .start();
    }
    assertThat(done.await(120, TimeUnit.SECONDS)).isTrue();
    return perSecond((long) WRITERS * each, began);
  }

  private static double fanOut(EmbeddedProcess registry) {
    AtomicLong heard = new AtomicLong();
    List<Peer> peers = new ArrayList<>();
    try (Peer writer = new Peer(registry.endpoint())) {
      for (int i = 0; i < WATCHERS; i++) {
        Peer peer = new Peer(registry.endpoint());
        peers.add(peer);
        peer.watch(new Counting(heard))
            .onNext(WatchRequest.newBuilder().setCreateRequest(Requests.watchAll(0)).build());
      }
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> heard.get() == -WATCHERS);
      heard.set(0);
      long began = System.nanoTime();
      for (int i = 0; i < WATCHED_PUTS; i++) {
        Requests.put(writer, "watched", "v" + i);
      }
      Awaitility.await()
          .atMost(120, TimeUnit.SECONDS)
          .pollInterval(5, TimeUnit.MILLISECONDS)
          .until(() -> heard.get() == (long) WATCHERS * WATCHED_PUTS);
      return perSecond((long) WATCHERS * WATCHED_PUTS, began);
    } finally {
      peers.forEach(Peer::close);
    }
  }

  private static double perSecond(long count, long began) {
    return count * 1e9 / (System.nanoTime() - began);
  }

  /** Counts events up, and down what was created. */
  private record Counting(AtomicLong heard) implements StreamObserver<WatchResponse> {
    @Override
    public void onNext(WatchResponse response) {
      heard.addAndGet(response.getCreated() ? -1 : response.getEventsCount());
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
