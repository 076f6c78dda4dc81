package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;
import dev.clearspan.protocol.DeadlinePolicy;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.RetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedConsole.class)
class EffectivePolicyTest {
  private static final Policy CODE =
      Policy.newBuilder()
          .setRetry(RetryPolicy.newBuilder().setMaxAttempts(5))
          .setDeadline(DeadlinePolicy.newBuilder().setMax(Duration.newBuilder().setSeconds(60)))
          .build();

  @Test
  void theConsoleShowsWhichLayerWon_methodServiceCodeOrDefault(TestConsole console) {
    console.process("won", "i1").serve();
    console.process("storefront", "s1").call("won").asks("won", CODE);
    console.etcdctlPut(
        "svc/won/ctl/policy",
        """
        {"service": {"retry": {"maxAttempts": 2}, "breaker": {"window": "20s"}},
         "methods": {"shop.Orders/Get": {"breaker": {"window": "30s"}}}}
        """);

    await()
        .untilAsserted(
            () -> {
              assertThat(field(console, "breaker.window")).isEqualTo("method \"30s\"");
              assertThat(field(console, "retry.maxAttempts")).isEqualTo("service 2");
              assertThat(field(console, "breaker.open")).isEqualTo("default \"5s\"");
              assertThat(field(console, "deadline.max"))
                  .isEqualTo("default \"300s\", storefront \"60s\"");
              assertThat(field(console, "deadline.timeout")).contains("\"QUERY\":\"1s\"");
            });
  }

  @Test
  void theSchemaIsThereForEditors_withoutSigningIn(TestConsole console) {
    JsonNode schema = console.anonymous().get("/api/v1/policies/schema").body();

    assertThat(schema.at("/properties/service/properties/retry/properties/maxAttempts/maximum"))
        .hasToString("5");
  }

  private static String field(TestConsole console, String path) {
    JsonNode fields =
        console
            .admin()
            .get("/api/v1/services/won/policy/effective?method=shop.Orders/Get")
            .body()
            .get("fields");
    for (JsonNode field : fields) {
      if (field.get("field").textValue().equals(path)) {
        StringBuilder text = new StringBuilder(field.get("from").textValue());
        text.append(' ').append(field.get("value"));
        field
            .get("callers")
            .forEach(
                it ->
                    text.append(", ")
                        .append(it.get("caller").textValue())
                        .append(' ')
                        .append(it.get("value")));
        return text.toString();
      }
    }
    throw new AssertionError("no field " + path + " in " + fields);
  }
}
