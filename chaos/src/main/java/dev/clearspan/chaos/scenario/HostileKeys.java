package dev.clearspan.chaos.scenario;

import dev.clearspan.chaos.load.WorkService;
import dev.clearspan.chaos.world.WorkServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Values that nobody may obey, under all prefixes: not JSON, JSON of another shape, out of range,
 * too large, about somebody else. Over the keys of live servers, too. Not thread-safe.
 */
final class HostileKeys {
  private static final String SERVICE = "svc/" + WorkService.NAME + "/";
  private static final int NAMES = 50;
  private static final int MOST_RANDOM_BYTES = 300;
  private static final int TOO_LARGE = 300 * 1024;
  private static final int LARGE_EVERY = 200;
  private static final int DEEP = 5_000;

  private final List<WorkServer> servers;
  private final Random random;
  private int number;

  /**
   * A key with what is put there.
   *
   * @param isReadByClients whether a client of the service must look at it
   */
  record Entry(String key, byte[] value, boolean isReadByClients) {}

  HostileKeys(List<WorkServer> servers, Random random) {
    this.servers = List.copyOf(servers);
    this.random = random;
  }

  Entry next() {
    number++;
    String name = "h" + random.nextInt(NAMES);
    return switch (number % 9) {
      case 0 -> read(SERVICE + "inst/" + name, instance(name));
      case 1 -> {
        String id = servers.get(random.nextInt(servers.size())).id();
        yield read(SERVICE + "inst/" + id, instance(name));
      }
      case 2 -> read(SERVICE + "ctl/policy", policy());
      case 3 -> read(SERVICE + "ctl/instance/" + name, "{\"weight\": -5}");
      case 4 -> read(SERVICE + "ctl/breaker", "{\"forced\": [{\"state\": \"AJAR\"}]}");
      case 5 -> read("fleet", "{\"statusIntervalMillis\": \"1\"}");
      case 6 -> unread("status/" + name);
      case 7 -> unread("desc/" + name);
      default -> unread("audit/" + name);
    };
  }

  private String instance(String name) {
    int kind = random.nextInt(6);
    String host = kind == 0 ? "999.1.1.1 ;rm" : "127.0.0.1";
    int port = kind == 1 ? 0 : kind == 2 ? 70_000 : 9;
    String id = kind == 3 ? "somebody-else" : name;
    String weight = kind == 4 ? "-1" : "1e9";
    return "{\"service\":\"%s\",\"instanceId\":\"%s\",\"host\":\"%s\",\"port\":%d,\"weight\":%s}"
        .formatted(WorkService.NAME, id, host, port, weight);
  }

  private String policy() {
    return "{\"service\":{\"retry\":{\"maxAttempts\":%d},\"deadline\":{\"timeout\":\"-1s\"}}}"
        .formatted(random.nextInt());
  }

  private Entry read(String key, String wellFormed) {
    return new Entry(key, hostile(wellFormed), true);
  }

  private Entry unread(String key) {
    return new Entry(key, hostile("{\"processId\": 7, \"applied\": \"x\"}"), false);
  }

  private byte[] hostile(String wellFormed) {
    if (number % LARGE_EVERY == 0) {
      return " ".repeat(TOO_LARGE).getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = wellFormed.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(6)) {
      case 0 -> randomBytes();
      case 1 -> Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(bytes.length - 1));
      case 2 -> "[".repeat(DEEP).getBytes(StandardCharsets.UTF_8);
      case 3 -> "[1, 2]".getBytes(StandardCharsets.UTF_8);
      default -> bytes;
    };
  }

  /** Begins with what no text begins with. */
  private byte[] randomBytes() {
    byte[] bytes = new byte[1 + random.nextInt(MOST_RANDOM_BYTES)];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xff;
    return bytes;
  }
}
