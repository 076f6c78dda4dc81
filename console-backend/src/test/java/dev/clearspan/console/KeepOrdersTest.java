package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** "Keep every call of caller X for 60 s", from the request to the proof that it is in force. */
@ExtendWith(SharedConsole.class)
class KeepOrdersTest {
  private static String path(String service) {
    return "/api/v1/services/" + service + "/telemetry/keep";
  }

  private static void serve(TestConsole console, String service, String caller) {
    console.process(service, "i1").serve().obey();
    console.process(caller, "a").call(service);
    await()
        .until(
            () ->
                console.admin().get("/api/v1/services/" + service).body().path("callers").size()
                    == 1);
  }

  @Test
  void anOrderIsStoredBesideTheRest_audited_appliedByClientsAndServers_andEnded(
      TestConsole console) {
    serve(console, "k1", "k1-caller");
    console.etcdctlPut(
        "svc/k1/ctl/policy",
        "{\"service\":{\"retry\":{\"maxAttempts\":2},\"telemetry\":{\"newer\":1}}}");

    Client.Answer given =
        console
            .as("operator")
            .post(path("k1"), "{'caller':'k1-caller','seconds':60,'reason':'ticket 7'}");

    assertThat(given.status()).as(given.text()).isEqualTo(200);
    assertThat(console.etcdctlGet("svc/k1/ctl/policy"))
        .contains("\"maxAttempts\":2", "\"newer\":1", "\"caller\":\"k1-caller\"", "ticket 7");
    long revision = given.body().get("revision").longValue();
    await()
        .untilAsserted(
            () -> {
              JsonNode order = console.admin().get(path("k1")).body().path(0);
              assertThat(order.path("caller").textValue()).isEqualTo("k1-caller");
              assertThat(order.path("author").textValue()).isEqualTo("test");
              JsonNode row = console.admin().get("/api/v1/audit?service=k1").body().get(0);
              assertThat(row.get("action").textValue()).isEqualTo("telemetry.keep");
              assertThat(row.get("revision").longValue()).isEqualTo(revision);
              JsonNode acks =
                  console.admin().get("/api/v1/services/k1/acks?revision=" + revision).body();
              assertThat(acks.get("processes"))
                  .extracting(
                      process -> process.get("role").textValue(),
                      process -> process.get("state").textValue())
                  .contains(tuple("caller", "applied"), tuple("server", "applied"));
            });

    Client operator = console.as("operator");
    assertThat(operator.delete(path("k1") + "?caller=k1-caller&reason=found").status())
        .isEqualTo(200);
    assertThat(console.etcdctlGet("svc/k1/ctl/policy"))
        .isEqualTo("{\"service\":{\"retry\":{\"maxAttempts\":2},\"telemetry\":{\"newer\":1}}}");
    await().until(() -> console.admin().get(path("k1")).body().isEmpty());
    assertThat(operator.delete(path("k1") + "?caller=k1-caller&reason=again").status())
        .isEqualTo(404);
  }

  @Test
  void aSecondOrderForTheSameCallerReplacesTheFirst_andExpiredOnesAreTakenAway(
      TestConsole console) {
    serve(console, "k2", "k2-caller");
    Client operator = console.as("operator");
    operator.post(path("k2"), "{'caller':'k2-caller','seconds':3600,'reason':'long'}");
    operator.post(path("k2"), "{'caller':'k2-caller','seconds':1,'reason':'short'}");
    assertThat(console.etcdctlGet("svc/k2/ctl/policy")).contains("short").doesNotContain("long");

    await().until(() -> console.etcdctlGet("svc/k2/ctl/policy").isEmpty());
    await()
        .untilAsserted(
            () -> {
              JsonNode row = console.admin().get("/api/v1/audit?service=k2").body().get(0);
              assertThat(row.get("action").textValue()).isEqualTo("telemetry.end");
              assertThat(row.get("author").textValue()).isEqualTo("console");
            });
  }

  @Test
  void whatIsWrongWithAnOrderIsNamed(TestConsole console) {
    serve(console, "k3", "k3-caller");
    Client operator = console.as("operator");
    assertThat(operator.post(path("k3"), "{'caller':'nobody','seconds':60,'reason':'r'}").detail())
        .contains("'nobody' (expected: one of k3-caller)");
    assertThat(operator.post(path("k3"), "{'caller':'k3-caller','seconds':3601,'reason':'r'}"))
        .extracting(Client.Answer::status, Client.Answer::field)
        .containsExactly(422, "seconds");
    assertThat(operator.post(path("k3"), "{'caller':'k3-caller','seconds':60}").field())
        .isEqualTo("reason");
    assertThat(
            operator
                .post(path("k3"), "{'caller':'k3-caller','method':'Get','seconds':60,'reason':'r'}")
                .field())
        .isEqualTo("method");
    assertThat(
            console
                .as("viewer")
                .post(path("k3"), "{'caller':'k3-caller','seconds':60,'reason':'r'}")
                .status())
        .isEqualTo(403);
    console.etcdctlPut("svc/k3/ctl/policy", "{\"service\":{\"retry\":{\"maxAttempts\":99}}}");
    await()
        .untilAsserted(
            () -> {
              Client.Answer refused =
                  operator.post(path("k3"), "{'caller':'k3-caller','seconds':60,'reason':'r'}");
              assertThat(refused.status()).isEqualTo(409);
              assertThat(refused.detail()).contains("service.retry.maxAttempts: 99");
            });
  }
}
