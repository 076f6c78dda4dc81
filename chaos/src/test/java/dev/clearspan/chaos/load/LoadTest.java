package dev.clearspan.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The instrument itself: it sees what fails, and how. */
class LoadTest {
  private final AttemptLog attempts = new AttemptLog();

  @Test
  void everyCallIsCountedOnce() throws InterruptedException {
    try (RpcServer server = serve(Duration.ZERO);
        RpcChannel channel = channelTo(server);
        Load load = new Load(channel, attempts, 500)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> load.succeeded() >= 100);

      Tally tally = load.stop();

      assertThat(tally.calls()).isEqualTo(load.succeeded());
      assertThat(tally.failed()).isZero();
      assertThat(tally.lost()).isZero();
    }
  }

  @Test
  void aBookingLostInFlightIsSeenAsUnknown_withItsTrace() throws InterruptedException {
    RpcServer server = serve(Duration.ofSeconds(30));
    try (RpcChannel channel = channelTo(server);
        Load load = new Load(channel, attempts, 20)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> server.inFlight() > 4);
      server.stop(Duration.ofMillis(1));

      Tally tally = load.stop();

      assertThat(tally.failures())
          .anySatisfy(
              failed -> {
                assertThat(failed.isIdempotent()).isFalse();
                assertThat(failed.toString()).contains("outcome ").containsPattern("trace=\\w{32}");
              });
      assertThat(tally.failed()).isEqualTo(tally.failures().size());
    }
  }

  @Test
  void anIncidentMeasuresWhatBeginsAfterIt() {
    PeerAttempts peer = attempts.peer("p");
    long before = System.nanoTime();
    peer.incident();

    peer.ended(before, "OK");
    assertThat(peer.lastAfterIncidentMillis()).isZero();
    assertThat(peer.answered()).isEqualTo(1);

    peer.ended(System.nanoTime() + 5_000_000, "UNKNOWN");
    assertThat(peer.lastAfterIncidentMillis()).isGreaterThanOrEqualTo(5);
    assertThat(peer.answered()).isEqualTo(1);
  }

  private RpcChannel channelTo(RpcServer server) {
    return RpcChannel.builder(WorkService.NAME)
        .target("127.0.0.1", server.port())
        .ledger(attempts)
        .build();
  }

  private static RpcServer serve(Duration takes) {
    return RpcServer.builder(WorkService.NAME).service(new WorkService(takes)).start();
  }
}
