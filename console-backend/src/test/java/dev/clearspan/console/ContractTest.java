package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.contract.Comparison;
import dev.clearspan.contract.Contract;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions of a service that run at the same time: real servers with contracts of their own. */
@ExtendWith(SharedConsole.class)
class ContractTest {
  private static JsonNode report(TestConsole console, String service) {
    return console.as("viewer").get("/api/v1/services/" + service + "/contract").body();
  }

  @Test
  void versionsThatDoNotFitAreAWarning_withWhatBreaksWhom(TestConsole console) {
    String next =
        ShopServer.SHOP
            .replace("name: \"quantity\" number: 2", "name: \"quantity\" number: 12")
            .replace("json_name: \"card\"", "json_name: \"cardNumber\"");
    try (ShopServer old = ShopServer.start(console, "contract-a", "a-1");
        ShopServer young = ShopServer.start(console, "contract-a", "a-2", next)) {
      assertThat(old.port()).isNotEqualTo(young.port());
      await().until(() -> report(console, "contract-a").path("steps").size() == 1);
      JsonNode report = report(console, "contract-a");
      assertThat(report.get("breaking").booleanValue()).isTrue();
      assertThat(report.at("/versions/0/instances/0").asText()).isEqualTo("a-1");
      assertThat(report.at("/steps/0/differences"))
          .extracting(row -> row.get("level").asText(), row -> row.get("rule").asText())
          .containsExactly(tuple("wire", "FIELD_NUMBER"), tuple("json", "FIELD_JSON_NAME"));
      assertThat(report.at("/steps/0/differences/0/methods").toString())
          .contains("shop.Orders/Find", "shop.Orders/Place");
      assertThat(console.admin().get("/api/v1/contracts").body())
          .extracting(row -> row.get("service").asText())
          .contains("contract-a");
    }
  }

  @Test
  void oneContractIsNoWarning_andCanBeStored(TestConsole console) {
    try (ShopServer server = ShopServer.start(console, "contract-b", "b-1")) {
      assertThat(server.port()).isPositive();
      await()
          .until(
              () -> console.admin().get("/api/v1/services/contract-b/descriptors").status() == 200);
      JsonNode report = report(console, "contract-b");
      assertThat(report.get("breaking").booleanValue()).isFalse();
      assertThat(report.get("steps")).isEmpty();
      String hash = report.at("/versions/0/hash").asText();
      JsonNode stored =
          console.admin().get("/api/v1/services/contract-b/descriptors/" + hash).body();
      Contract live =
          Contract.parse(Base64.getDecoder().decode(stored.get("descriptorSet").asText()));
      Contract own = Contract.parse(ShopServer.set(ShopServer.SHOP).toByteArray());
      assertThat(Comparison.of(own, live, Comparison.Extent.WHOLE)).isEmpty();
      assertThat(console.admin().get("/api/v1/services/contract-b/descriptors/" + "0".repeat(64)))
          .extracting(Client.Answer::status)
          .isEqualTo(404);
    }
  }

  @Test
  void descriptorsThatAreNotWhatTheirKeySaysAreNotUsed(TestConsole console) {
    String hash = "a".repeat(64);
    byte[] set = ShopServer.set(ShopServer.SHOP).toByteArray();
    console.etcdctlPut(
        "desc/" + hash, "{\"descriptorSet\":\"" + Base64.getEncoder().encodeToString(set) + "\"}");
    console.etcdctlPut(
        "svc/contract-c/inst/c-1",
        "{\"service\":\"contract-c\",\"instanceId\":\"c-1\",\"host\":\"127.0.0.1\",\"port\":9,"
            + "\"weight\":100,\"descriptorHash\":\""
            + hash
            + "\"}");
    await().until(() -> !report(console, "contract-c").path("versions").isEmpty());
    assertThat(report(console, "contract-c").at("/versions/0/problem").asText())
        .contains("(expected: that of its key)");
    Client.Answer refused = console.admin().get("/api/v1/services/contract-c/descriptors");
    assertThat(refused.status()).isEqualTo(404);
    Client.Answer call =
        console
            .admin()
            .post("/api/v1/invoke", "{'service':'contract-c','method':'shop.Orders/Find'}");
    assertThat(call.status()).isEqualTo(409);
    assertThat(call.detail()).contains("no descriptors that can be used");
  }
}
