package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.OutlierStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Instances that go out of use and come back are listed, with who said so and why. */
@ExtendWith(SharedConsole.class)
class OutageTest {
  private static JsonNode outages(TestConsole console, String service) {
    return console.admin().get("/api/v1/services/" + service + "/outages").body();
  }

  @Test
  void whatCallersCannotReachIsListed_untilTheLastOneCan(TestConsole console) {
    ShopProcess server = console.process("out-a", "out-a-1").serve();
    ShopProcess one = console.process("caller-1", "c1").call("out-a");
    ShopProcess two = console.process("caller-2", "c2").call("out-a");
    one.cannotReach(server);
    two.cannotReach(server);
    await().until(() -> outages(console, "out-a").at("/0/reporters").intValue() == 2);
    JsonNode now = outages(console, "out-a").get(0);
    assertThat(now.get("instance").textValue()).isEqualTo("out-a-1");
    assertThat(now.get("kind").textValue()).isEqualTo("unreachable");
    assertThat(now.get("until").isNull()).isTrue();

    one.reachesAll();
    await()
        .until(
            () ->
                console
                        .admin()
                        .get("/api/v1/services/out-a/instances")
                        .body()
                        .at("/0/unreachable/reporters")
                        .intValue()
                    == 1);
    assertThat(outages(console, "out-a").at("/0/until").isNull()).isTrue();
    two.reachesAll();
    await().until(() -> outages(console, "out-a").at("/0/until").isTextual());
    assertThat(outages(console, "out-a")).hasSize(1);
  }

  @Test
  void outliersAndServersThatAreNotReadyAreListed(TestConsole console) {
    ShopProcess server = console.process("out-b", "out-b-1").serve();
    server.tell(status -> status.setNotReady("database: refused"));
    console
        .process("caller-3", "c3")
        .call("out-b")
        .tell(
            status ->
                status.addOutliers(
                    OutlierStatus.newBuilder()
                        .setService("out-b")
                        .setInstance("out-b-2")
                        .setSince(Timestamp.newBuilder().setSeconds(1_700_000_000))
                        .setCause("errors 40% (others: 1%)")));
    await().until(() -> outages(console, "out-b").size() == 2);
    assertThat(outages(console, "out-b").findValuesAsText("kind"))
        .containsExactlyInAnyOrder("not_ready", "outlier");
    assertThat(outages(console, "out-b").findValuesAsText("cause"))
        .containsExactlyInAnyOrder("database: refused", "errors 40% (others: 1%)");
  }

  @Test
  void aBreakerThatIsNotClosedIsListed_untilItsProcessEnds(TestConsole console) {
    ShopProcess caller =
        console
            .process("caller-4", "c4")
            .call("out-d")
            .breaker("out-d", "shop.Out/Do", "out-d-1", BreakerState.OPEN);
    await().until(() -> outages(console, "out-d").size() == 1);
    assertThat(outages(console, "out-d").at("/0/kind").textValue()).isEqualTo("breaker");
    assertThat(outages(console, "out-d").at("/0/cause").textValue())
        .isEqualTo("shop.Out/Do: 5 consecutive failures");

    caller.close();
    await().until(() -> outages(console, "out-d").at("/0/until").isTextual());
  }

  @Test
  void aKeyThatVanishesIsListed_aDrainedOneIsNot(TestConsole console) {
    ShopProcess server = console.process("out-c", "out-c-1").serve();
    await().until(() -> console.admin().get("/api/v1/services/out-c").status() == 200);
    SharedEtcd.etcd()
        .etcdctl("del", "/clearspan/v1/" + console.config().env() + "/svc/out-c/inst/out-c-1");
    await().until(() -> outages(console, "out-c").at("/0/until").isTextual());
    assertThat(outages(console, "out-c").at("/0/kind").textValue()).isEqualTo("vanished");
    server.deregister();
    await()
        .until(
            () ->
                console
                    .admin()
                    .get("/api/v1/services/out-c/instances")
                    .body()
                    .at("/0/state")
                    .asText()
                    .equals("gone"));
    assertThat(outages(console, "out-c")).hasSize(1);
  }
}
