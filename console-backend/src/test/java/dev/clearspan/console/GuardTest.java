package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Policies on trial, over the public API. */
@ExtendWith(SharedConsole.class)
class GuardTest {
  private static String path(String service) {
    return "/api/v1/services/" + service + "/policy";
  }

  private static long guarded(TestConsole console, String service, String guard) {
    console.process(service, "i1").serve();
    await().until(() -> console.admin().get(path(service)).status() == 200);
    Client.Answer put =
        console
            .admin()
            .ifMatch(0)
            .put(
                path(service) + "?reason=try",
                "{'service':{'retry':{'maxAttempts':4}},'guard':" + guard + "}");
    assertThat(put.status()).as(put.text()).isEqualTo(200);
    long revision = put.body().get("revision").longValue();
    await().until(() -> console.admin().get(path(service) + "/guard").status() == 200);
    return revision;
  }

  @Test
  void aTrialIsSeen_andKeptByWhoMay(TestConsole console) {
    long revision = guarded(console, "g1", "{'maxErrorShare':0.05,'duration':'600s'}");
    Client admin = console.admin();
    Client.Answer policy = admin.get(path("g1"));
    assertThat(policy.body().at("/policy/guard").isMissingNode()).isTrue();
    assertThat(policy.body().at("/guard/maxErrorShare").doubleValue()).isEqualTo(0.05);
    assertThat(policy.body().at("/guard/previousRevision").longValue()).isZero();
    Client.Answer report = admin.get(path("g1") + "/guard");
    assertThat(report.body().at("/revision").longValue()).isEqualTo(revision);
    assertThat(report.body().at("/guard/minimumCalls").intValue()).isEqualTo(20);
    assertThat(report.body().at("/figures/calls").longValue()).isZero();
    assertThat(console.etcdctlGet("svc/g1/ctl/policy")).contains("\"since\"").contains("until");

    String keep = path("g1") + "/guard/keep?reason=fine";
    assertThat(console.as("viewer").ifMatch(revision).post(keep, "").status()).isEqualTo(403);
    assertThat(admin.post(keep, "").status()).isEqualTo(428);
    assertThat(admin.ifMatch(revision - 1).post(keep, "").status()).isEqualTo(409);
    Client.Answer kept = admin.ifMatch(revision).post(keep, "");
    assertThat(kept.status()).as(kept.text()).isEqualTo(200);
    await().until(() -> admin.get(path("g1") + "/guard").status() == 404);
    assertThat(admin.get(path("g1")).body().at("/policy/service/retry/maxAttempts").intValue())
        .isEqualTo(4);
    assertThat(admin.get("/api/v1/audit?service=g1").body().at("/0/action").textValue())
        .isEqualTo("policy.keep");
  }

  @Test
  void aTrialIsTakenBack(TestConsole console) {
    long revision = guarded(console, "g2", "{'maxP99':'0.5s'}");
    Client.Answer back =
        console.admin().ifMatch(revision).post(path("g2") + "/guard/revert?reason=bad", "");
    assertThat(back.status()).as(back.text()).isEqualTo(200);
    await().until(() -> console.admin().get(path("g2")).body().at("/revision").longValue() == 0);
    assertThat(console.etcdctlGet("svc/g2/ctl/policy")).isEmpty();
    assertThat(console.admin().get(path("g2") + "/versions").body().at("/1/guarded").booleanValue())
        .isTrue();
  }

  @Test
  void guardsThatSayNothingAreRefused_namingTheField(TestConsole console) {
    console.process("g3", "i1").serve();
    await().until(() -> console.admin().get(path("g3")).status() == 200);
    refuses(console, "{}", "guard", "maxErrorShare, maxP99");
    refuses(console, "{'maxErrorShare':1}", "guard.maxErrorShare", "such as 0.05");
    refuses(console, "{'maxErrorShare':-0.1}", "guard.maxErrorShare", "above 0");
    refuses(console, "{'maxErrorShare':'NaN'}", "guard.maxErrorShare", "above 0");
    refuses(console, "{'maxP99':'0s'}", "guard.maxP99", "0.001s to 3600s");
    refuses(console, "{'maxP99':'1s','duration':'5s'}", "guard.duration", "10s to 900s");
    refuses(console, "{'maxP99':'1s','minimumCalls':-1}", "guard.minimumCalls", "1 to 10000");
    refuses(console, "{'maxErrorShare':0.1,'limit':2}", "guard.limit", "unknown field");
  }

  private static void refuses(TestConsole console, String guard, String field, String words) {
    Client.Answer answer =
        console.admin().ifMatch(0).put(path("g3") + "?reason=r", "{'guard':" + guard + "}");
    assertThat(answer.status()).as(guard).isEqualTo(422);
    assertThat(answer.field()).as(answer.text()).isEqualTo(field);
    assertThat(answer.detail()).contains(words);
  }
}
