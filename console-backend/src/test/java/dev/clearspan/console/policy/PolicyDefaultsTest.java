package dev.clearspan.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.policy.MethodPolicy;
import org.junit.jupiter.api.Test;

class PolicyDefaultsTest {
  @Test
  void whatTheConsoleCallsDefaultsIsWhatTheEngineDoesWithoutAPolicy() throws Exception {
    ObjectNode written = (ObjectNode) Json.lenient(PolicyDefaults.JSON);
    ((ObjectNode) written.get("deadline")).remove("byKind");
    Policy.Builder defaults = Policy.newBuilder();
    JsonFormat.parser().merge(written.toString(), defaults);

    assertThat(MethodPolicy.of(defaults.build())).isEqualTo(MethodPolicy.DEFAULT);
  }

  @Test
  void theDefaultDeadlinesAreThoseOfTheKinds() {
    assertThat(PolicyDefaults.byPath())
        .hasEntrySatisfying(
            "deadline.timeout",
            byKind -> {
              for (MethodKind kind : MethodKind.values()) {
                assertThat(byKind.path(kind.name()).textValue())
                    .isEqualTo(kind.defaultDeadline().toSeconds() + "s");
              }
            });
  }
}
