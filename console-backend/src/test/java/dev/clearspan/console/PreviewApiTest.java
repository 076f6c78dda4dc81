package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedConsole.class)
class PreviewApiTest {
  private static final String DRAFT =
      "{'service':{'balancer':{'algorithm':'SMOOTH_WEIGHTED_ROUND_ROBIN'},"
          + "'deadline':{'timeout':'0.3s'}}}";

  private static String path(String service) {
    return "/api/v1/services/" + service + "/policy/preview";
  }

  private static void serve(TestConsole console, String service) {
    console.process(service, "i1").serve();
    console.process(service, "i2").serve();
    await()
        .until(
            () ->
                console.admin().get("/api/v1/services/" + service + "/instances").body().size()
                    == 2);
  }

  @Test
  void aDraftIsPreviewed_andNothingIsWritten(TestConsole console) {
    serve(console, "v1");
    Client.Answer answer = console.as("operator").post(path("v1"), DRAFT);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode preview = answer.body();
    assertThat(preview.at("/revision").longValue()).isZero();
    assertThat(preview.at("/calls").longValue()).isZero();
    assertThat(preview.at("/unpredicted/0/why").textValue()).contains("no caller counted a call");
    assertThat(preview.at("/splits/0/instances/0/after").doubleValue()).isEqualTo(0.5);
    assertThat(preview.at("/splits/0/instances/0/before").isNull()).isTrue();
    assertThat(console.etcdctlGet("svc/v1/ctl/policy")).isEmpty();
  }

  @Test
  void draftsThatWouldBeRefusedAreRefused_andViewersTooAreNotServed(TestConsole console) {
    serve(console, "v2");
    Client.Answer range =
        console.admin().post(path("v2"), "{'service':{'retry':{'maxAttempts':99}}}");
    assertThat(range.status()).isEqualTo(422);
    assertThat(range.field()).isEqualTo("service.retry.maxAttempts");
    assertThat(console.admin().post(path("nowhere"), "{}").status()).isEqualTo(404);
    assertThat(console.as("viewer").post(path("v2"), DRAFT).status()).isEqualTo(403);
    assertThat(console.anonymous().post(path("v2"), DRAFT).status()).isEqualTo(401);
  }
}
