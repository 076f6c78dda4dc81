package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedConsole.class)
class ControlTest {
  private static String control(String service, String instance) {
    return "/api/v1/services/" + service + "/instances/" + instance + "/control";
  }

  private static ShopProcess serve(TestConsole console, String service, String instance) {
    ShopProcess process = console.process(service, instance).serve();
    await()
        .until(
            () ->
                console
                    .admin()
                    .get("/api/v1/services/" + service + "/instances")
                    .body()
                    .toString()
                    .contains("\"id\":\"" + instance + "\""));
    return process;
  }

  private static JsonNode acks(TestConsole console, String service, long revision) {
    return console.admin().get("/api/v1/services/" + service + "/acks?revision=" + revision).body();
  }

  @Test
  void aWeightIsSet_auditedInTheSameRevision_acknowledged_andLifted(TestConsole console) {
    ShopProcess server = serve(console, "c1", "i1");
    console.process("c1-caller", "a").call("c1");
    await()
        .until(() -> console.admin().get("/api/v1/services/c1").body().path("callers").size() == 1);

    Client.Answer change =
        console.as("operator").put(control("c1", "i1"), "{'weight':25,'reason':'slow disk'}");

    assertThat(change.status()).as(change.text()).isEqualTo(200);
    long revision = change.body().get("revision").longValue();
    assertThat(change.header("ETag")).isEqualTo("\"" + revision + "\"");
    String stored = console.etcdctlGet("svc/c1/ctl/instance/i1");
    assertThat(stored)
        .contains("\"weight\":25")
        .contains("\"author\":\"test\"")
        .contains(server.processId());
    await()
        .untilAsserted(
            () -> {
              JsonNode row = console.admin().get("/api/v1/audit?service=c1").body().get(0);
              assertThat(row.get("revision").longValue()).isEqualTo(revision);
              assertThat(row.get("id")).isEqualTo(change.body().get("auditId"));
              assertThat(row.get("reason").textValue()).isEqualTo("slow disk");
              assertThat(row.get("before").isNull()).isTrue();
              assertThat(row.at("/after/weight").intValue()).isEqualTo(25);
            });
    await()
        .untilAsserted(
            () -> {
              JsonNode acks = acks(console, "c1", revision);
              assertThat(acks.get("processes"))
                  .filteredOn(process -> process.get("role").textValue().equals("caller"))
                  .extracting(process -> process.get("state").textValue())
                  .containsExactly("applied");
              assertThat(acks.get("slowestMillis").longValue()).isBetween(0L, 3_000L);
            });
    JsonNode weight = console.admin().get("/api/v1/services/c1/instances").body().at("/0/weight");
    assertThat(weight.get("override").intValue()).isEqualTo(25);
    assertThat(weight.get("base").intValue()).isEqualTo(100);

    Client.Answer lifted = console.admin().put(control("c1", "i1"), "{'reason':'disk is fine'}");
    assertThat(lifted.status()).isEqualTo(200);
    assertThat(console.etcdctlGet("svc/c1/ctl/instance/i1")).isEmpty();
    await()
        .untilAsserted(
            () -> {
              JsonNode row = console.admin().get("/api/v1/audit?service=c1").body().get(0);
              assertThat(row.get("after").isNull()).isTrue();
              assertThat(row.at("/before/weight").intValue()).isEqualTo(25);
            });
    Client.Answer nothing = console.admin().put(control("c1", "i1"), "{'reason':'again'}");
    assertThat(nothing.status()).isEqualTo(422);
    assertThat(nothing.detail()).contains("nothing to lift");
  }

  @Test
  void badInputIsRefused_namingTheField(TestConsole console) {
    serve(console, "c2", "i1");
    Client admin = console.admin();
    String path = control("c2", "i1");
    Client.Answer weight = admin.put(path, "{'weight':10001,'reason':'r'}");
    assertThat(weight.status()).isEqualTo(422);
    assertThat(weight.field()).isEqualTo("weight");
    assertThat(weight.detail()).isEqualTo("weight: 10001 (expected: 0 to 10000)");
    assertThat(admin.put(path, "{'weight':-1,'reason':'r'}").field()).isEqualTo("weight");
    assertThat(admin.put(path, "{'weight':1.5,'reason':'r'}").field()).isEqualTo("weight");
    assertThat(admin.put(path, "{'weight':'50','reason':'r'}").field()).isEqualTo("weight");
    assertThat(admin.put(path, "{'weight':50}").field()).isEqualTo("reason");
    assertThat(admin.put(path, "{'weight':50,'reason':' '}").field()).isEqualTo("reason");
    assertThat(admin.put(path, "{'weight':50,'reason':'r','ttlSeconds':0}").field())
        .isEqualTo("ttlSeconds");
    assertThat(admin.put(path, "{'wieght':50,'reason':'r'}").field()).isEqualTo("wieght");
    assertThat(admin.with("If-Match", "new").put(path, "{'weight':5,'reason':'r'}").field())
        .isEqualTo("If-Match");
    assertThat(console.etcdctlGet("svc/c2/ctl/instance/i1")).isEmpty();
  }

  @Test
  void unknownServiceAndInstance_sayWhatThereIs(TestConsole console) {
    serve(console, "c3", "i1");
    String request = "{'weight':50,'reason':'r'}";
    Client.Answer service = console.admin().put(control("c3-nothing", "i1"), request);
    assertThat(service.status()).isEqualTo(404);
    assertThat(service.detail()).contains("no service 'c3-nothing'").contains("c3");
    Client.Answer instance = console.admin().put(control("c3", "i9"), request);
    assertThat(instance.status()).isEqualTo(404);
    assertThat(instance.detail()).contains("no instance 'i9' of c3 (instances: i1)");
  }

  @Test
  void aLostRaceIsAConflict_thatShowsWhatIsStored(TestConsole console) {
    serve(console, "c4", "i1");
    Client admin = console.admin();
    Client.Answer first = admin.ifMatch(0).put(control("c4", "i1"), "{'weight':10,'reason':'one'}");
    Client.Answer second =
        admin.ifMatch(0).put(control("c4", "i1"), "{'weight':20,'reason':'two'}");

    assertThat(first.status()).isEqualTo(200);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.body().at("/current/revision")).isEqualTo(first.body().get("revision"));
    assertThat(second.body().at("/current/value/weight").intValue()).isEqualTo(10);
    long revision = first.body().get("revision").longValue();
    assertThat(
            admin
                .ifMatch(revision)
                .put(control("c4", "i1"), "{'weight':20,'reason':'two'}")
                .status())
        .isEqualTo(200);
  }

  @Test
  void ofManyWhoExpectTheSameRevision_exactlyOneWins(TestConsole console) throws Exception {
    serve(console, "c5", "i1");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> saves = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String body = "{'weight':" + i + ",'reason':'race'}";
        saves.add(() -> console.admin().ifMatch(0).put(control("c5", "i1"), body).status());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> save : pool.invokeAll(saves)) {
        statuses.add(save.get());
      }
      assertThat(statuses).containsOnly(200, 409).containsOnlyOnce(200);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void severalInstancesChangeTogether_orNotAtAll(TestConsole console) {
    serve(console, "c6", "i1");
    serve(console, "c6", "i2");
    String path = "/api/v1/services/c6/control";
    Client.Answer refused =
        console
            .admin()
            .put(path, "{'reason':'r','instances':{'i1':{'weight':10},'i9':{'weight':10}}}");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(console.etcdctlGet("svc/c6/ctl/instance/i1")).isEmpty();

    Client.Answer changed =
        console
            .admin()
            .put(path, "{'reason':'r','instances':{'i1':{'weight':10},'i2':{'drain':true}}}");
    assertThat(changed.status()).as(changed.text()).isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(console.admin().get("/api/v1/services/c6/instances").body())
                    .extracting(it -> it.at("/control/revision"))
                    .containsOnly(changed.body().get("revision")));
    assertThat(console.admin().get("/api/v1/services/c6/instances").body())
        .extracting(it -> it.get("state").textValue())
        .containsExactly("up", "draining");
  }

  @Test
  void aRefusal_aSilence_andAnExpiry_areShown(TestConsole console) {
    serve(console, "c7", "i1");
    console.process("c7-refuser", "a").callAndRefuse("c7", "does not like it");
    await()
        .until(() -> console.admin().get("/api/v1/services/c7").body().path("callers").size() == 1);
    Client.Answer change =
        console
            .admin()
            .put(control("c7", "i1"), "{'weight':1,'reason':'r','ttlSeconds':2,'sticky':true}");
    long revision = change.body().get("revision").longValue();

    await()
        .untilAsserted(
            () ->
                assertThat(acks(console, "c7", revision).get("processes"))
                    .filteredOn(it -> it.get("role").textValue().equals("caller"))
                    .extracting(
                        it -> it.get("state").textValue() + " " + it.get("detail").textValue())
                    .singleElement()
                    .asString()
                    .startsWith("refused")
                    .contains("does not like it"));
    await().until(() -> console.etcdctlGet("svc/c7/ctl/instance/i1").isEmpty());
    await()
        .untilAsserted(
            () -> {
              JsonNode row = console.admin().get("/api/v1/audit?service=c7").body().get(0);
              assertThat(row.get("author").textValue()).isEqualTo("console");
              assertThat(row.get("reason").textValue()).isEqualTo("expired");
            });
  }

  @Test
  void aBreakerIsForced_mergedIntoOneDocument_andGivenBack(TestConsole console) {
    serve(console, "c8", "i1");
    console.process("c8-caller", "a").call("c8");
    await()
        .until(() -> console.admin().get("/api/v1/services/c8").body().path("callers").size() == 1);
    Client operator = console.as("operator");
    String path = "/api/v1/services/c8/breakers";

    Client.Answer all =
        operator.put(path, "{'caller':'c8-caller','state':'OPEN','reason':'incident 7'}");
    assertThat(all.status()).as(all.text()).isEqualTo(200);
    Client.Answer one =
        operator.put(
            path,
            "{'caller':'c8-caller','method':'shop.C8/Get','state':'CLOSED','reason':'but this'}");
    assertThat(one.status()).isEqualTo(200);
    assertThat(console.etcdctlGet("svc/c8/ctl/breaker"))
        .as("what names more stands first")
        .matches(".*shop.C8/Get.*\"state\":\"CLOSED\".*\"state\":\"OPEN\".*");
    await()
        .untilAsserted(
            () ->
                assertThat(console.admin().get("/api/v1/topology").body().get("edges"))
                    .filteredOn(edge -> edge.get("callee").textValue().equals("c8"))
                    .extracting(edge -> edge.get("breaker").textValue())
                    .containsExactly("forced_open"));
    JsonNode row =
        console.admin().get("/api/v1/breakers").body().findParents("forcedBy").stream()
            .filter(it -> it.get("service").textValue().equals("c8"))
            .findFirst()
            .orElseThrow();
    assertThat(row.get("forced").textValue()).isEqualTo("OPEN");
    assertThat(row.at("/forcedBy/reason").textValue()).isEqualTo("incident 7");
    assertThat(row.at("/forcedBy/since").textValue())
        .as("of the forcing, though the document has changed since")
        .isEqualTo(auditRow(console, "incident 7").get("at").textValue());
    assertThat(row.get("processes").intValue()).isEqualTo(1);
    assertThat(row.get("callers").intValue()).isEqualTo(1);
    assertThat(row.at("/forcedBy/caller").textValue()).isEqualTo("c8-caller");
    assertThat(row.at("/forcedBy/method").textValue()).as("the entry's, not the row's").isEmpty();

    for (String entry : List.of("", "'method':'shop.C8/Get',")) {
      Client.Answer auto =
          operator.put(path, "{'caller':'c8-caller'," + entry + "'state':'AUTO','reason':'ok'}");
      assertThat(auto.status()).as(auto.text()).isEqualTo(200);
    }
    assertThat(console.etcdctlGet("svc/c8/ctl/breaker")).isEmpty();
    Client.Answer again = operator.put(path, "{'caller':'c8-caller','state':'AUTO','reason':'ok'}");
    assertThat(again.status()).isEqualTo(404);
    assertThat(again.detail()).contains("automatic already");
    Client.Answer unknown = operator.put(path, "{'caller':'x','state':'OPEN','reason':'r'}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.detail())
        .isEqualTo("caller: 'x' (expected: one of c8-caller, or none for all)");
    assertThat(operator.put(path, "{'state':'AJAR','reason':'r'}").field()).isEqualTo("state");
  }

  private static JsonNode auditRow(TestConsole console, String reason) {
    for (JsonNode row : console.admin().get("/api/v1/audit?service=c8").body()) {
      if (row.get("reason").textValue().equals(reason)) {
        return row;
      }
    }
    throw new AssertionError("no audit row with reason " + reason);
  }
}
