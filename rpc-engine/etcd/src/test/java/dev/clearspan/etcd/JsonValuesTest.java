package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.ServicePolicy;
import dev.clearspan.rpc.discovery.Instances;
import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonValuesTest {
  @Test
  void printedMessageIsParsedAgain() {
    Instance instance = Instances.of("orders", 9001);

    Parsed<Instance> parsed =
        JsonValues.parse(stored(JsonValues.print(instance)), 4_096, Instance.newBuilder());

    assertThat(parsed).isEqualTo(new Parsed.Valid<>(instance, List.of()));
  }

  @Test
  void bothSpellingsOfAFieldAreKnown() {
    Parsed<ServicePolicy> parsed =
        JsonValues.parse(
            stored("{\"service\":{\"retry\":{\"max_attempts\":2,\"maxBackoff\":\"1s\"}}}"),
            4_096,
            ServicePolicy.newBuilder());

    assertThat(((Parsed.Valid<ServicePolicy>) parsed).ignoredFields()).isEmpty();
  }

  @Test
  void depthIsCheckedOutsideOfStringsOnly() {
    String brackets = "[".repeat(100);

    assertThat(parse("{\"version\":\"" + brackets + "\"}")).isInstanceOf(Parsed.Valid.class);
    assertThat(parse("{\"version\":\"\\\"" + brackets + "\"}")).isInstanceOf(Parsed.Valid.class);
    assertThat(parse("{\"x\":" + brackets + "]".repeat(100) + "}"))
        .isEqualTo(new Parsed.Invalid<>("nesting: deeper than 32 levels"));
  }

  @Test
  void sizeIsCheckedFirst() {
    assertThat(parse(" ".repeat(5_000)))
        .isEqualTo(new Parsed.Invalid<>("size: 5000 bytes (expected: at most 4096)"));
  }

  @Test
  void tenThousandMutationsNeverThrow() {
    Random random = new Random(20_261_122);
    byte[] good = Instances.json("orders", 9001).getBytes(StandardCharsets.UTF_8);
    int valid = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] mutated = mutate(good.clone(), random);
      Stored stored = new Stored("k", ByteSequence.from(mutated), 1, 1, 0);
      Parsed<Instance> parsed = JsonValues.parse(stored, 4_096, Instance.newBuilder());
      valid += parsed instanceof Parsed.Valid<Instance> ? 1 : 0;
    }
    assertThat(valid).isBetween(100, 9_000);
  }

  private static byte[] mutate(byte[] value, Random random) {
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      value[random.nextInt(value.length)] = (byte) random.nextInt(256);
    }
    return value;
  }

  private static Parsed<Instance> parse(String text) {
    return JsonValues.parse(stored(text), 4_096, Instance.newBuilder());
  }

  private static Stored stored(String json) {
    return Stored.remembered("k", json);
  }
}
