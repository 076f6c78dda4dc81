package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.clearspan.protocol.BreakerState;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedConsole.class)
class TopologyTest {
  private static JsonNode node(TestConsole console, String service) {
    JsonNode topology = console.admin().get("/api/v1/topology").body();
    return find(topology.get("services"), "service", service);
  }

  private static JsonNode instance(TestConsole console, String service, String id) {
    return find(node(console, service).path("instances"), "id", id);
  }

  private static JsonNode find(JsonNode list, String key, String value) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(item -> item.get(key).textValue().equals(value))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  @Test
  void aNewInstanceAppears_withCallersAndWeights(TestConsole console) {
    console.process("t1-caller", "c").call("t1");
    console.process("t1", "i1").serve();

    await().until(() -> instance(console, "t1", "i1").path("state").asText().equals("up"));
    JsonNode weight = instance(console, "t1", "i1").get("weight");
    assertThat(weight.get("configured").intValue()).isEqualTo(100);
    assertThat(weight.get("configuredShare").doubleValue()).isEqualTo(1);
    assertThat(weight.get("override").isNull()).isTrue();
    assertThat(weight.get("observedShare").isNull()).as("no traffic").isTrue();
    await()
        .until(
            () ->
                StreamSupport.stream(
                        console.admin().get("/api/v1/topology").body().get("edges").spliterator(),
                        false)
                    .anyMatch(
                        edge ->
                            edge.get("caller").textValue().equals("t1-caller")
                                && edge.get("callee").textValue().equals("t1")));
    assertThat(node(console, "t1-caller").get("kind").textValue()).isEqualTo("client");
  }

  @Test
  void thePastIsShownAsItWas_andWhatIsNotKeptIsSaid(TestConsole console) {
    Client admin = console.admin();
    await().until(() -> admin.get("/api/v1/topology/history").body().path("moments").size() > 0);
    JsonNode first = admin.get("/api/v1/topology/history").body().at("/moments/0");
    String at = first.get("at").textValue();
    Client.Answer then = admin.get("/api/v1/topology?at=" + at);
    assertThat(then.status()).as(then.text()).isEqualTo(200);
    assertThat(then.body().get("at").textValue()).isEqualTo(at);
    assertThat(then.body().get("windowSeconds").intValue()).isEqualTo(10);
    Client.Answer before = admin.get("/api/v1/topology?at=2020-01-01T00:00:00Z");
    assertThat(before.status()).isEqualTo(404);
    assertThat(before.detail()).contains("the oldest moment kept is " + at);
    assertThat(admin.get("/api/v1/topology?at=noon").field()).isEqualTo("at");
    assertThat(admin.get("/api/v1/topology?windowSeconds=60&at=" + at).field())
        .isEqualTo("windowSeconds");
  }

  @Test
  void anInstanceIsGone_assoonAsAllItsCallersSaySo_andSuspectBefore(TestConsole console) {
    ShopProcess killed = console.process("t2", "i1").serve();
    console.process("t2", "i2").serve();
    ShopProcess first = console.process("t2-a", "a").call("t2");
    ShopProcess second = console.process("t2-b", "b").call("t2");
    await()
        .until(
            () ->
                console.admin().get("/api/v1/services/t2").body().path("callers").size() == 2
                    && instance(console, "t2", "i1").path("state").asText().equals("up"));

    first.cannotReach(killed);
    await().until(() -> instance(console, "t2", "i1").get("state").asText().equals("suspect"));
    JsonNode reports = instance(console, "t2", "i1").get("unreachable");
    assertThat(reports.get("reporters").intValue()).isEqualTo(1);
    assertThat(reports.get("callers").intValue()).isEqualTo(2);
    assertThat(reports.get("cause").textValue()).isEqualTo("connection reset");

    Instant said = Instant.now();
    second.cannotReach(killed);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> instance(console, "t2", "i1").get("state").asText().equals("gone"));
    System.out.printf(
        "gone was shown %d ms after the last caller knew%n",
        Duration.between(said, Instant.now()).toMillis());
    assertThat(node(console, "t2").get("health").textValue()).isEqualTo("warn");
    assertThat(instance(console, "t2", "i1").at("/weight/effective").doubleValue()).isZero();
    assertThat(instance(console, "t2", "i2").get("state").textValue()).isEqualTo("up");
  }

  @Test
  void whatACallerLeavesOutCountsNothing(TestConsole console) {
    console.process("t9", "i1").serve();
    console.process("t9", "i2").serve();
    console.process("t9-a", "a").callOnly("t9", "i1");
    console.process("t9-b", "b").call("t9");

    await()
        .untilAsserted(
            () -> {
              assertThat(effective(console, "i1")).isEqualTo(100);
              assertThat(effective(console, "i2")).isEqualTo(50);
            });
  }

  private static double effective(TestConsole console, String instance) {
    return instance(console, "t9", instance).at("/weight/effective").doubleValue();
  }

  @Test
  void aDeletedInstanceStaysShownAsGone(TestConsole console) {
    ShopProcess leaving = console.process("t3", "i1").serve();
    await().until(() -> instance(console, "t3", "i1").path("state").asText().equals("up"));
    leaving.deregister();
    await().until(() -> instance(console, "t3", "i1").path("state").asText().equals("gone"));
    assertThat(node(console, "t3").get("health").textValue()).isEqualTo("bad");
  }

  @Test
  void aServiceShowsItsInstances_andAnUnknownOneSaysWhichThereAre(TestConsole console) {
    console.process("t4", "i1").serve();
    await().until(() -> instance(console, "t4", "i1").path("state").asText().equals("up"));
    JsonNode detail = console.admin().get("/api/v1/services/t4/instances").body().get(0);
    assertThat(detail.get("zone").textValue()).isEqualTo("z1");
    assertThat(detail.get("protocols").get(0).textValue()).isEqualTo("clearspan/1");
    assertThat(detail.get("control").isNull()).isTrue();
    // The process tells it itself, in a status that may come later than its registration.
    await()
        .until(
            () ->
                console
                    .admin()
                    .get("/api/v1/services/t4/instances")
                    .body()
                    .at("/0/pid")
                    .longValue(),
            Long.valueOf(ProcessHandle.current().pid())::equals);

    Client.Answer unknown = console.admin().get("/api/v1/services/nothing/instances");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.detail()).contains("no service 'nothing'").contains("t4");
  }

  @Test
  void breakersShowWhatCallersReport(TestConsole console) {
    console.process("t5", "i1").serve();
    console.process("t5-a", "a").call("t5").breaker("t5", "shop.T5/Get", "i1", BreakerState.OPEN);
    await().until(() -> node(console, "t5").at("/breakers/open").intValue() == 1);

    JsonNode rows = console.admin().get("/api/v1/breakers").body();
    assertThat(rows)
        .filteredOn(row -> row.get("service").textValue().equals("t5"))
        .extracting(row -> row.get("method").textValue() + " " + row.get("computed").textValue())
        .containsExactly(" CLOSED", "shop.T5/Get OPEN");
    assertThat(rows)
        .filteredOn(row -> row.get("service").textValue().equals("t5"))
        .extracting(row -> row.get("processes").intValue() + " of " + row.get("callers").intValue())
        .containsExactly("1 of 1", "1 of 1");
    assertThat(console.admin().get("/api/v1/topology").body().get("edges"))
        .filteredOn(edge -> edge.get("callee").textValue().equals("t5"))
        .extracting(edge -> edge.get("breaker").textValue() + " " + edge.get("health").textValue())
        .containsExactly("open warn");
  }

  @Test
  void prometheusFindsTheInstances(TestConsole console) {
    console.process("t6", "i1").serve();
    await()
        .untilAsserted(
            () ->
                assertThat(console.anonymous().get("/api/v1/prometheus/targets").body())
                    .filteredOn(target -> target.at("/labels/job").textValue().equals("t6"))
                    .extracting(JsonNode::toString)
                    .containsExactly(
                        "{\"targets\":[\"127.0.0.1:9001\"],\"labels\":{\"job\":\"t6\","
                            + "\"instance\":\"i1\",\"clearspan_service\":\"t6\","
                            + "\"clearspan_zone\":\"z1\"}}"));
  }

  @Test
  void hostileRegistryValuesAreIgnoredAndListed(TestConsole console) {
    console.etcdctlPut("svc/t7/inst/i1", "{\"service\":\"t7\",\"instanceId\":\"i1\",\"port\":-1}");
    console.etcdctlPut("svc/t7/inst/i2", "<script>alert(1)</script>");
    console.etcdctlPut("svc/t7/ctl/policy", "[]");
    console.etcdctlPut("svc/T7!/inst/i1", "{}");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        console.admin().get("/api/v1/system").body().get("ignoredRegistryValues"))
                    .extracting(value -> value.get("key").textValue())
                    .contains(
                        "svc/t7/inst/i1",
                        "svc/t7/inst/i2",
                        "svc/t7/ctl/policy",
                        "svc/T7!/inst/i1"));
    assertThat(console.admin().get("/api/v1/services/t7").status()).isEqualTo(404);
  }
}
