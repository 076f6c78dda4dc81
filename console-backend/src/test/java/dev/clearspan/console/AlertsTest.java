package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.protocol.BreakerState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rules in the registry, alerts by what processes say, silences; each over the public API. */
@ExtendWith(SharedConsole.class)
class AlertsTest {
  private static final String RULES = "/api/v1/alerts/rules";

  private static String breakerRule(String service) {
    return "{'name':'Breakers of "
        + service
        + "','kind':'breaker_open','target':{'service':'"
        + service
        + "'},'condition':{'operator':'>=','threshold':0,'unit':'seconds'},'forSeconds':0,"
        + "'resolveSeconds':0,'severity':'critical','runbookUrl':'https://wiki.example.org/b',"
        + "'labels':{'team':'shop'}}";
  }

  private static Client.Answer put(Client client, String id, String json) {
    return client.ifMatch(0).put(RULES + "/" + id + "?reason=test", json);
  }

  private static long stored(Client client, String id) {
    await().until(() -> client.get(RULES + "/" + id).body().path("revision").longValue() > 0);
    return client.get(RULES + "/" + id).body().get("revision").longValue();
  }

  private static JsonNode alerts(TestConsole console, String service) {
    return console.admin().get("/api/v1/alerts?service=" + service).body();
  }

  @Test
  void builtInRulesHoldWithoutBeingStored_areOverridden_andHoldAgain(TestConsole console) {
    Client admin = console.admin();
    Client.Answer builtIn = admin.get(RULES + "/recorder-loss");
    assertThat(builtIn.header("ETag")).isEqualTo("\"0\"");
    assertThat(builtIn.body().get("origin").textValue()).isEqualTo("built-in");
    assertThat(admin.ifMatch(0).delete(RULES + "/recorder-loss?reason=r").status()).isEqualTo(409);

    String disabled =
        builtIn.body().get("rule").toString().replace("\"enabled\":true", "\"enabled\":false");
    assertThat(put(admin, "recorder-loss", disabled).status()).isEqualTo(200);
    long revision = stored(admin, "recorder-loss");
    JsonNode stored = admin.get(RULES + "/recorder-loss").body();
    assertThat(stored.get("origin").textValue()).isEqualTo("overridden");
    assertThat(stored.at("/rule/enabled").booleanValue()).isFalse();
    assertThat(console.etcdctlGet("ctl/alert/rule/recorder-loss")).contains("telemetry_loss");

    Client.Answer late = put(admin, "recorder-loss", disabled);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().at("/current/revision").longValue()).isEqualTo(revision);
    assertThat(admin.ifMatch(revision).delete(RULES + "/recorder-loss?reason=enough").status())
        .isEqualTo(200);
    await()
        .until(
            () ->
                admin
                    .get(RULES + "/recorder-loss")
                    .body()
                    .get("origin")
                    .textValue()
                    .equals("built-in"));
    assertThat(admin.get("/api/v1/audit?action=alert.rule").body().at("/0/reason").textValue())
        .isEqualTo("enough");
  }

  @Test
  void aRuleFires_isSilenced_andIsResolved(TestConsole console) {
    Client admin = console.admin();
    console.process("al-a", "al-a-1").serve();
    ShopProcess caller =
        console
            .process("al-caller", "c1")
            .call("al-a")
            .breaker("al-a", "shop.Al/Do", "al-a-1", BreakerState.OPEN);
    Client.Answer preview =
        admin.post(
            RULES + "/preview", breakerRule("al-a").replace("'threshold':0", "'threshold':86400"));
    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(put(admin, "al-a-breakers", breakerRule("al-a")).status()).isEqualTo(200);

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> alerts(console, "al-a").at("/alerts/0/state").asText().equals("firing"));
    JsonNode alert = alerts(console, "al-a").at("/alerts/0");
    assertThat(alert.at("/target/caller").textValue()).isEqualTo("al-caller");
    assertThat(alert.at("/labels/team").textValue()).isEqualTo("shop");
    assertThat(alert.get("detail").textValue()).contains("5 consecutive failures");
    assertThat(alerts(console, "al-a").at("/recent/0/state").textValue()).isEqualTo("firing");
    assertThat(
            admin
                .get("/api/v1/alerts?service=al-a&state=pending&severity=critical")
                .body()
                .get("alerts"))
        .isEmpty();
    assertThat(
            admin
                .post(RULES + "/preview", breakerRule("al-a"))
                .body()
                .at("/targets/0/holds")
                .booleanValue())
        .isTrue();

    Client.Answer silenced =
        admin.post(
            "/api/v1/alerts/silences",
            "{'rule':'al-a-breakers','service':'al-a','seconds':600,'reason':'known'}");
    assertThat(silenced.status()).as(silenced.text()).isEqualTo(200);
    await().until(() -> alerts(console, "al-a").at("/alerts/0/silencedBy").isTextual());
    String silence = alerts(console, "al-a").at("/alerts/0/silencedBy").textValue();
    assertThat(console.etcdctlGet("ctl/alert/silence/" + silence)).contains("known");
    assertThat(admin.delete("/api/v1/alerts/silences/" + silence + "?reason=over").status())
        .isEqualTo(200);
    await().until(() -> alerts(console, "al-a").at("/alerts/0/silencedBy").isNull());

    caller.close();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> alerts(console, "al-a").at("/recent/0/state").asText().equals("resolved"));
  }

  @Test
  void badRulesAreRefused_namingTheField(TestConsole console) {
    Client admin = console.admin();
    String good = breakerRule("al-b");
    assertField(admin, good.replace("'kind'", "'kid'"), "kid");
    assertField(admin, good.replace("breaker_open", "mood"), "kind");
    assertField(admin, good.replace("'threshold'", "'treshold'"), "condition.treshold");
    assertField(admin, good.replace("'threshold':0", "'threshold':-1"), "condition.threshold");
    assertField(admin, good.replace("'>='", "'about'"), "condition.operator");
    assertField(admin, good.replace("'unit':'seconds'", "'unit':'ms'"), "condition.unit");
    assertField(
        admin, good.replace("'unit':", "'windowSeconds':30,'unit':"), "condition.windowSeconds");
    assertField(admin, good.replace("'al-b'},", "'A B'},"), "target.service");
    assertField(admin, good.replace("'forSeconds':0", "'forSeconds':90000"), "forSeconds");
    assertField(admin, good.replace("'critical'", "'loud'"), "severity");
    assertField(admin, good.replace("https://wiki", "javascript://wiki"), "runbookUrl");
    assertField(admin, good.replace("'team'", "'severity'"), "labels");
    assertField(admin, good.replace("{'name'", "{'id':'other','name'"), "id");
    assertThat(put(admin, "UPPER", good).field()).isEqualTo("id");
    assertThat(console.admin().put(RULES + "/al-b?reason=r", good).status()).isEqualTo(428);
    assertThat(admin.ifMatch(0).put(RULES + "/al-b", good).field()).isEqualTo("reason");
    assertThat(admin.get("/api/v1/alerts?state=loud").field()).isEqualTo("state");
    assertThat(admin.post("/api/v1/alerts/silences", "{'seconds':5,'reason':'r'}").field())
        .isEqualTo("seconds");
    assertThat(console.etcdctlGet("ctl/alert/rule/al-b")).isEmpty();
  }

  private static void assertField(Client admin, String json, String field) {
    Client.Answer answer = put(admin, "al-b", json);
    assertThat(answer.status()).as(answer.text()).isEqualTo(422);
    assertThat(answer.field()).isEqualTo(field);
  }

  @Test
  void operatorsChangeRulesOfTheirServices_adminsThoseOfAll(TestConsole console) {
    Client scoped =
        console
            .anonymous()
            .withBearer(
                console
                    .admin()
                    .post("/api/v1/tokens", "{'name':'al','role':'operator','services':['al-c']}")
                    .body()
                    .get("secret")
                    .textValue());
    assertThat(put(scoped, "al-c", breakerRule("al-c")).status()).isEqualTo(200);
    assertThat(put(scoped, "al-d", breakerRule("al-d")).status()).isEqualTo(403);
    assertThat(put(console.as("viewer"), "al-d", breakerRule("al-d")).status()).isEqualTo(403);
    String ofAll = breakerRule("al-c").replace("'target':{'service':'al-c'},", "");
    assertThat(put(scoped, "al-all", ofAll).status()).isEqualTo(403);
    Client.Answer operator = put(console.as("operator"), "al-all", ofAll);
    assertThat(operator.status()).isEqualTo(403);
    assertThat(operator.detail()).contains("admin");
    // A rule of all services must not be taken over by one of one's own under the same id.
    assertThat(put(scoped, "service-errors", breakerRule("al-c")).status()).isEqualTo(403);

    String silences = "/api/v1/alerts/silences";
    assertThat(scoped.post(silences, "{'seconds':60,'reason':'r'}").status()).isEqualTo(403);
    assertThat(scoped.post(silences, "{'service':'al-c','seconds':60,'reason':'r'}").status())
        .isEqualTo(200);
    assertThat(
            console.as("operator").post(silences, "{'rule':'al-none','seconds':60,'reason':'r'}"))
        .extracting(Client.Answer::status)
        .isEqualTo(404);
  }

  @Test
  void whatEtcdctlStoresIsUsed_orNamedWithWhatIsWrong(TestConsole console) {
    console.etcdctlPut(
        "ctl/alert/rule/al-good",
        "{\"kind\":\"rate\",\"target\":{\"service\":\"al-e\"},\"condition\":{\"operator\":\"<\","
            + "\"threshold\":1},\"ofANewerVersion\":true}");
    console.etcdctlPut("ctl/alert/rule/al-bad", "{\"kind\":\"mood\"}");
    stored(console.admin(), "al-good");
    await()
        .until(
            () ->
                console
                    .admin()
                    .get(RULES)
                    .body()
                    .get("ignored")
                    .toString()
                    .contains("ctl/alert/rule/al-bad"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> alerts(console, "al-e").at("/alerts/0/state").asText().equals("no_data"));
    assertThat(alerts(console, "al-e").at("/alerts/0/detail").textValue()).contains("no calls");
  }

  @Test
  void theSystemReportHasThemInShort(TestConsole console) {
    JsonNode alerts = console.admin().get("/api/v1/system").body().get("alerts");
    assertThat(alerts.get("firing").isInt()).isTrue();
    assertThat(alerts.at("/webhook/configured").booleanValue()).isFalse();
  }
}
