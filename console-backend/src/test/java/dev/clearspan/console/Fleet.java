package dev.clearspan.console;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * A service, registered once, and clients that obey its rules: each with its own registration,
 * watch and connection to etcd, in one JVM.
 */
final class Fleet {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestConsole console;
  private final String service;
  final List<ShopProcess> clients;

  private Fleet(TestConsole console, String service, List<ShopProcess> clients) {
    this.console = console;
    this.service = service;
    this.clients = clients;
  }

  /** Starts them and returns when the console knows all. */
  static Fleet start(TestConsole console, String service, int size) {
    console.process(service, "i1").serve().obey();
    Fleet fleet =
        new Fleet(
            console,
            service,
            IntStream.range(0, size)
                .mapToObj(i -> console.process(service + "-caller", "c" + i).call(service))
                .toList());
    await().atMost(PATIENCE).until(() -> fleet.check("{}").get("processes").intValue() == size + 1);
    return fleet;
  }

  Client.Answer save(String policy) {
    long revision = Long.parseLong(console.admin().get(path()).header("ETag").replace("\"", ""));
    return console.admin().ifMatch(revision).put(path() + "?reason=proof", policy);
  }

  /** Saves a policy and returns who has it in force when all have. */
  JsonNode saveAndAwaitProof(String policy) {
    Client.Answer saved = save(policy);
    if (saved.status() != 200) {
      throw new AssertionError(saved.text());
    }
    long revision = saved.body().get("revision").longValue();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> acks(revision).get("complete").booleanValue());
    await()
        .atMost(PATIENCE)
        .until(() -> console.admin().get(path()).header("ETag").equals("\"" + revision + "\""));
    return acks(revision);
  }

  /** What the console says of a draft. */
  JsonNode check(String policy) {
    return console.admin().post(path() + "/check", policy).body();
  }

  JsonNode acks(long revision) {
    return console.admin().get("/api/v1/services/" + service + "/acks?revision=" + revision).body();
  }

  /** Those in a state, by process id. */
  List<String> inState(long revision, String state) {
    return StreamSupport.stream(acks(revision).get("processes").spliterator(), false)
        .filter(process -> process.get("state").textValue().equals(state))
        .map(process -> process.get("processId").textValue())
        .toList();
  }

  private String path() {
    return "/api/v1/services/" + service + "/policy";
  }
}
