package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedConsole.class)
class PolicyTest {
  private static String path(String service) {
    return "/api/v1/services/" + service + "/policy";
  }

  private static void serve(TestConsole console, String service) {
    console.process(service, "i1").serve();
    await().until(() -> console.admin().get(path(service)).status() == 200);
  }

  @Test
  void aPolicyIsStored_versioned_andRolledBack(TestConsole console) {
    serve(console, "p1");
    Client admin = console.admin();
    Client.Answer none = admin.get(path("p1"));
    assertThat(none.header("ETag")).isEqualTo("\"0\"");
    assertThat(none.body().get("policy").isEmpty()).isTrue();
    assertThat(none.body().at("/effectiveDefaults/retry/maxAttempts").intValue()).isEqualTo(3);

    Client.Answer first =
        admin
            .ifMatch(0)
            .put(path("p1") + "?reason=first", "{'service':{'retry':{'maxAttempts':2}}}");
    assertThat(first.status()).as(first.text()).isEqualTo(200);
    long revision = first.body().get("revision").longValue();
    await().until(() -> admin.get(path("p1")).header("ETag").equals("\"" + revision + "\""));
    Client.Answer second =
        admin
            .ifMatch(revision)
            .put(path("p1") + "?reason=second", "{'service':{'retry':{'maxAttempts':5}}}");
    long newer = second.body().get("revision").longValue();
    await().until(() -> admin.get(path("p1") + "/versions").body().size() == 2);

    String auditId = first.body().get("auditId").textValue();
    Client.Answer stale =
        admin.ifMatch(revision).post(path("p1") + "/rollback", rollback(auditId, "it was better"));
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.body().at("/current/revision").longValue()).isEqualTo(newer);
    Client.Answer back =
        admin.ifMatch(newer).post(path("p1") + "/rollback", rollback(auditId, "it was better"));
    assertThat(back.status()).as(back.text()).isEqualTo(200);
    await()
        .untilAsserted(
            () ->
                assertThat(
                        admin
                            .get(path("p1"))
                            .body()
                            .at("/policy/service/retry/maxAttempts")
                            .intValue())
                    .isEqualTo(2));
    assertThat(admin.get(path("p1") + "/versions").body().at("/0/reason").textValue())
        .isEqualTo("it was better");
  }

  private static String rollback(String auditId, String reason) {
    return "{'auditId':'" + auditId + "','reason':'" + reason + "'}";
  }

  @Test
  void badPoliciesAreRefused_namingTheField(TestConsole console) {
    serve(console, "p2");
    Client admin = console.admin().ifMatch(0);
    String path = path("p2") + "?reason=r";
    Client.Answer unknown = admin.put(path, "{'service':{'retry':{'maxAtempts':2}}}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.field()).isEqualTo("service.retry.maxAtempts");
    assertThat(unknown.detail()).contains("known: maxAttempts");
    Client.Answer range = admin.put(path, "{'service':{'retry':{'maxAttempts':99}}}");
    assertThat(range.field()).isEqualTo("service.retry.maxAttempts");
    assertThat(range.detail()).contains("99 (expected: 1 to 5)");
    Client.Answer type = admin.put(path, "{'service':{'breaker':{'window':'soon'}}}");
    assertThat(type.field()).isEqualTo("service.breaker.window");
    assertThat(type.detail()).contains("a duration such as");
    Client.Answer choice = admin.put(path, "{'service':{'balancer':{'algorithm':'LUCK'}}}");
    assertThat(choice.field()).isEqualTo("service.balancer.algorithm");
    assertThat(choice.detail()).contains("SMOOTH_WEIGHTED_ROUND_ROBIN");
    assertThat(admin.put(path, "{'methods':{'shop.A/B':{'retry':{'x':1}}}}").field())
        .isEqualTo("methods[\"shop.A/B\"].retry.x");
    Client.Answer both =
        admin.put(path, "{'service':{'telemetry':{'slowThreshold':'1s','slowFactor':2}}}");
    assertThat(both.field()).isEqualTo("service.telemetry.slowThreshold");
    assertThat(both.detail()).contains("one of slowThreshold, slowFactor");
    assertThat(admin.put(path, "{'service':{'telemetry':{'keep':[{'until':'soon'}]}}}").field())
        .isEqualTo("service.telemetry.keep[0].until");
    assertThat(
            admin
                .put(
                    path,
                    "{'service':{'telemetry':{'keep':[{'caller':'a','since':'2999-01-01T00:00:00Z',"
                        + "'until':'2999-01-01T00:01:00Z'}]}}}")
                .detail())
        .contains("service.telemetry.keep[0].until: 2999-01-01T00:01:00Z (expected: at most an");
    assertThat(admin.put(path, "[]").field()).isEqualTo("policy");
    assertThat(admin.put(path("p2"), "{}").field()).isEqualTo("reason");
    assertThat(console.admin().put(path, "{}").status()).isEqualTo(428);
    assertThat(console.etcdctlGet("svc/p2/ctl/policy")).isEmpty();
  }

  @Test
  void anEditByEtcdctlIsSeen(TestConsole console) {
    serve(console, "p3");
    console.etcdctlPut("svc/p3/ctl/policy", "{\"service\":{\"deadline\":{\"timeout\":\"2s\"}}}");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        console
                            .admin()
                            .get(path("p3"))
                            .body()
                            .at("/policy/service/deadline/timeout")
                            .textValue())
                    .isEqualTo("2s"));
  }
}
