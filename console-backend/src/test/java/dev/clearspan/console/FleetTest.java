package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is proven of a change to all clients of a service; {@link FleetIT} times it with fifty. */
@ExtendWith(SharedConsole.class)
class FleetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void aChangeIsAcknowledgedByAll_aRefusedOneChangesNothing_aStoppedClientIsNamed(
      TestConsole console) {
    Fleet fleet = Fleet.start(console, "fleet1", 10);

    JsonNode acks = fleet.saveAndAwaitProof(retries(2));
    assertThat(acks.get("applied").intValue()).isEqualTo(11);
    assertThat(fleet.clients).allSatisfy(it -> assertThat(attempts(it)).isEqualTo(2));

    assertThat(fleet.save(retries(99)).field()).isEqualTo("service.retry.maxAttempts");
    console.etcdctlPut("svc/fleet1/ctl/policy", retries(99).replace('\'', '"'));
    await().atMost(PATIENCE).until(() -> refused(console).size() == 11);
    assertThat(fleet.clients).allSatisfy(it -> assertThat(attempts(it)).isEqualTo(2));

    fleet.saveAndAwaitProof(retries(3));
    ShopProcess stopped = fleet.clients.get(4);
    stopped.stop();
    long revision = fleet.save(retries(4)).body().get("revision").longValue();
    await().atMost(PATIENCE).until(() -> !fleet.inState(revision, "silent").isEmpty());
    assertThat(fleet.inState(revision, "silent")).containsExactly(stopped.processId());
    assertThat(fleet.inState(revision, "applied")).hasSize(10);
  }

  @Test
  void anOlderClientIsNamedBeforeSaving_andWhatItIgnoresIsReportedAfterwards(TestConsole console) {
    Fleet fleet = Fleet.start(console, "fleet2", 4);
    fleet.clients.subList(0, 3).forEach(client -> client.ofSchema(2));
    String draft = "{'service':{'breaker':{'slowCall':'1s'},'retry':{'maxAttempts':2}}}";

    await()
        .atMost(PATIENCE)
        .until(() -> fleet.check(draft).at("/unknown/0/processes").intValue() == 3);
    JsonNode audience = fleet.check(draft);
    assertThat(audience.get("processes").intValue()).isEqualTo(5);
    assertThat(audience.get("unknown")).hasSize(1);
    assertThat(audience.at("/unknown/0/field").textValue()).isEqualTo("service.breaker.slowCall");
    assertThat(audience.at("/unknown/0/examples/0").textValue()).startsWith("fleet2-caller ");
    assertThat(fleet.check("{'service':{'balancer':{'algorithm':'RANDOM'}}}").get("unknown"))
        .hasSize(1);
    assertThat(fleet.check(retries(99)).get("field").textValue())
        .isEqualTo("service.retry.maxAttempts");

    console.etcdctlPut("svc/fleet2/ctl/policy", "{\"service\":{\"mirror\":{\"share\":1}}}");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(latest(console, "fleet2").get("processes"))
                    .allSatisfy(
                        it -> assertThat(it.get("ignored")).hasToString("[\"service.mirror\"]")));
  }

  private static JsonNode latest(TestConsole console, String service) {
    return console.admin().get("/api/v1/services/" + service + "/acks").body();
  }

  private static List<JsonNode> refused(TestConsole console) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode process : latest(console, "fleet1").get("processes")) {
      if (process.get("state").textValue().equals("refused")) {
        found.add(process);
      }
    }
    return found;
  }

  private static String retries(int attempts) {
    return "{'service':{'retry':{'maxAttempts':" + attempts + "}}}";
  }

  private static int attempts(ShopProcess client) {
    return client.obeyed().policy().getService().getRetry().getMaxAttempts();
  }
}
