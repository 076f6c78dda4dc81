package dev.clearspan.rpc.endtoend;

import static dev.clearspan.rpc.endtoend.Fleet.GET;
import static dev.clearspan.rpc.endtoend.Fleet.PATIENT;
import static dev.clearspan.rpc.endtoend.Fleet.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls split between two versions of a service by a policy that changes, over sockets. */
class CanaryTest {
  private static final int CALLS = 500;

  private final Fleet fleet = new Fleet();
  private final List<AtomicBoolean> servers = new ArrayList<>();
  private RpcChannel channel;

  @BeforeEach
  void start() {
    serve("1");
    serve("1");
    serve("2");
    channel = fleet.open();
    // While none of a version is connected its calls go to the other: a split holds from then on.
    await().until(this::haveAllAnswered);
  }

  private void serve(String version) {
    AtomicBoolean answered = new AtomicBoolean();
    servers.add(answered);
    fleet.serve(
        version,
        request -> {
          answered.set(true);
          return text(version);
        });
  }

  private boolean haveAllAnswered() {
    channel.call(GET, text("7"), PATIENT);
    return servers.stream().allMatch(AtomicBoolean::get);
  }

  @AfterEach
  void stop() throws Exception {
    fleet.close();
  }

  @Test
  void eachSideTakesItsPercentAndAChangeIsInForceWithTheNextCall() {
    split(0);
    assertThat(byNewVersion(PATIENT)).isZero();
    split(20);
    assertThat(byNewVersion(PATIENT) * 100.0 / CALLS).isBetween(11.0, 29.0);
    split(100);
    assertThat(byNewVersion(PATIENT)).isEqualTo(CALLS);
  }

  @Test
  void testersGoToTheNewVersionWhateverTheSplit() {
    fleet.policy(
        """
        {"service": {"route": {"rules": [
           {"metadata": {"tester": "*"}, "splits": [{"percent": 100, "version": "2"}]},
           {"splits": [{"percent": 100, "version": "1"}]}]}}}
        """);

    assertThat(byNewVersion(PATIENT)).isZero();
    Metadata ada = Metadata.EMPTY.with("tester", "ada");
    assertThat(byNewVersion(PATIENT.withMetadata(ada))).isEqualTo(CALLS);
  }

  private void split(int percent) {
    fleet.policy(
        """
        {"service": {"route": {"rules": [{"splits": [
           {"percent": %d, "version": "2"}, {"percent": %d, "version": "1"}]}]}}}
        """
            .formatted(percent, 100 - percent));
  }

  private int byNewVersion(CallOptions options) {
    int taken = 0;
    for (int i = 0; i < CALLS; i++) {
      taken += channel.call(GET, text("7"), options).getValue().equals("2") ? 1 : 0;
    }
    return taken;
  }
}
