package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.world.Census;
import dev.clearspan.chaos.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A registry with ten thousand instances, seen by a client that starts. */
final class LargeRegistry implements Scenario {
  private static final int SERVICES = 500;
  private static final int INSTANCES = 20;

  @Override
  public String name() {
    return "large-registry";
  }

  @Override
  public String sentence() {
    return "10,000 instances of 500 services: what a client that knows them all takes, and etcd";
  }

  /** How long writes to etcd are counted while nothing changes. */
  @Override
  public int standardSeconds() {
    return 20;
  }

  @Override
  public List<Finding> play(Stage stage) throws InterruptedException {
    World world = stage.open(1, 1);
    stage.note("writing 10,000 instances");
    for (int i = 0; i < SERVICES * INSTANCES; i++) {
      put(world, "s" + i / INSTANCES, i % INSTANCES);
    }
    stage.note("a client that follows all");
    Census census = Census.take(world.place(), SERVICES, INSTANCES);
    Census small = Census.take(world.place(), 1, INSTANCES);

    long before = world.gateway().revision();
    stage.note("counting writes");
    TimeUnit.SECONDS.sleep(stage.seconds());
    long writes = world.gateway().revision() - before;

    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.told("instances the client knows", census.instances(), ""));
    findings.add(
        Finding.told("client: first call after its JVM's start", census.callMillis(), "ms"));
    findings.add(Finding.told("client: knows all after", census.allMillis(), "ms"));
    findings.add(Finding.told("client: live heap", census.heapKib(), "KiB"));
    findings.add(
        Finding.told("client: live heap with 20 instances of 1 service", small.heapKib(), "KiB"));
    findings.add(Finding.told("etcd's database", world.gateway().databaseBytes() / 1024, "KiB"));
    findings.add(
        Finding.atMost(
            "writes to etcd with nothing changing, a minute of two processes",
            writes * Duration.ofMinutes(1).toSeconds() / stage.seconds(),
            2 * 60L,
            ""));
    return findings;
  }

  private static void put(World world, String service, int number) {
    String id = "10.%d.%d.%d:9090".formatted(number, service.hashCode() >> 8 & 255, number + 1);
    String value =
        ("{\"service\":\"%s\",\"instanceId\":\"%s\",\"host\":\"10.0.%d.1\",\"port\":9090,"
                + "\"weight\":100,\"zone\":\"b\",\"version\":\"1.4.2\",\"state\":\"UP\","
                + "\"protocols\":[\"clearspan/1\",\"grpc\",\"connect\"],"
                + "\"incarnation\":\"8f2c9a01d4e6b733\",\"started\":\"2026-05-04T08:00:00Z\"}")
            .formatted(service, id, number);
    world.gateway().put("svc/" + service + "/inst/" + id, value.getBytes(StandardCharsets.UTF_8));
  }
}
