package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values that processes of an earlier build keep in etcd: this build knows each of their fields and
 * writes them the same, so that either build reads what the other wrote. A release adds the values
 * of its own build and keeps those before.
 */
class PreviousKeysTest {
  private static final Map<String, Message> KINDS =
      Map.of(
          "Instance", Instance.getDefaultInstance(),
          "Status", ProcessStatus.getDefaultInstance(),
          "Policy", ServicePolicy.getDefaultInstance(),
          "Breaker", ForcedBreakers.getDefaultInstance(),
          "Control", InstanceControl.getDefaultInstance(),
          "Audit", AuditEntry.getDefaultInstance());

  @ParameterizedTest
  @ValueSource(strings = "0.1.0")
  void earlierValuesMeanTheSame(String build) throws IOException {
    Map<String, String> values = values(build);
    assertThat(values.keySet()).containsExactlyInAnyOrderElementsOf(KINDS.keySet());
    for (Map.Entry<String, String> value : values.entrySet()) {
      Message.Builder read = Objects.requireNonNull(KINDS.get(value.getKey())).newBuilderForType();
      JsonFormat.parser().merge(value.getValue(), read); // refuses fields it does not know
      assertThat(JsonParser.parseString(JsonValues.print(read.build())))
          .as(value.getKey())
          .isEqualTo(JsonParser.parseString(value.getValue()));
    }
  }

  /** By kind; a line of the file is kind, key and value. */
  private static Map<String, String> values(String build) throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    try (var in = PreviousKeysTest.class.getResourceAsStream("/compat/keys-" + build + ".txt")) {
      assertThat(in).as("values of build " + build).isNotNull();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        String[] parts = line.split(" ", 3);
        found.put(parts[0], parts[2]);
      }
    }
    return found;
  }
}
