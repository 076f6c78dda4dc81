package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long fifty clients take to have a change in force, from the commit on. */
@Tag("full")
class FleetIT {
  private static final int CLIENTS = 50;
  private static final int CHANGES = 20;

  @Test
  void fiftyClientsAcknowledgeEachChange_p99WithinASecond() {
    try (TestConsole console = TestConsole.start()) {
      Fleet fleet = Fleet.start(console, "fleet50", CLIENTS);
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        JsonNode acks =
            fleet.saveAndAwaitProof("{'service':{'retry':{'maxAttempts':" + (1 + i % 5) + "}}}");
        assertThat(acks.get("applied").intValue()).isEqualTo(CLIENTS + 1);
        acks.get("processes").forEach(it -> millis.add(it.get("millis").longValue()));
      }
      List<Long> sorted = millis.stream().sorted().toList();
      long p99 = sorted.get(sorted.size() * 99 / 100);
      System.out.printf(
          "%d acknowledgements: median %d ms, p99 %d ms, slowest %d ms%n",
          sorted.size(), sorted.get(sorted.size() / 2), p99, sorted.get(sorted.size() - 1));
      assertThat(p99).as("p99 in ms").isLessThanOrEqualTo(1_000);
    }
  }
}
