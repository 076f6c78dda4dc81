package dev.clearspan.console.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.clearspan.protocol.Fault;
import dev.clearspan.protocol.KeepOrder;
import dev.clearspan.protocol.Policy;
import dev.clearspan.protocol.RouteRule;
import dev.clearspan.protocol.RouteSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody adds a field to policy.proto and forgets to document it or to name its default. */
class EveryPolicyFieldTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "policies.md");

  /** Where the default is to do nothing, or what the process is set to. */
  private static final Set<String> WITHOUT_DEFAULT =
      Set.of(
          "deadline.attemptTimeout",
          "balancer.hashKey",
          "balancer.subset",
          "breaker.slowCall",
          "hedge.delay",
          "hedge.percentile",
          "fallback.fixed",
          "fallback.cached",
          "fallback.handler",
          "fallback.none",
          "fault.faults",
          "limit.adaptive.max",
          "limit.fixed",
          "route.rules",
          "telemetry.headSampleRate",
          "telemetry.slowThreshold",
          "telemetry.slowFactor",
          "telemetry.keptAttributes",
          "telemetry.keep");

  /** Messages that stand in lists. */
  private static final Map<String, Descriptor> ELEMENTS =
      Map.of(
          "telemetry.keep", KeepOrder.getDescriptor(),
          "fault.faults", Fault.getDescriptor(),
          "route.rules", RouteRule.getDescriptor(),
          "route.rules.splits", RouteSplit.getDescriptor());

  @Test
  void isDescribedUnderItsPart() throws IOException {
    Map<String, String> sections = sections();
    Map<String, String> paths = paths();
    ELEMENTS.forEach((list, type) -> add(paths, list, type, list.substring(0, list.indexOf('.'))));
    paths.forEach(
        (path, part) ->
            assertThat(
                    sections.get(path.substring(0, path.indexOf('.')))
                        + sections.getOrDefault(part, ""))
                .as(path + ": docs/policies.md says nothing of it under '" + part + "'")
                .containsPattern("[`.]" + path.substring(path.lastIndexOf('.') + 1) + "`"));
  }

  @Test
  void hasADefaultThatTheConsoleShows_orIsNamedAsHavingNone() {
    assertThat(PolicyDefaults.byPath().keySet())
        .doesNotContainAnyElementsOf(WITHOUT_DEFAULT)
        .containsExactlyInAnyOrderElementsOf(
            paths().keySet().stream().filter(path -> !WITHOUT_DEFAULT.contains(path)).toList());
  }

  /** Each field's path, with the heading under which it is documented. */
  private static Map<String, String> paths() {
    Map<String, String> found = new LinkedHashMap<>();
    for (FieldDescriptor part : Policy.getDescriptor().getFields()) {
      add(found, part.getJsonName(), part.getMessageType(), part.getJsonName());
    }
    return found;
  }

  private static void add(
      Map<String, String> found, String prefix, Descriptor type, String heading) {
    for (FieldDescriptor field : type.getFields()) {
      String path = prefix + "." + field.getJsonName();
      boolean part =
          field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
              && !field.isRepeated()
              && field.getMessageType().getFile().equals(type.getFile());
      if (part) {
        add(found, path, field.getMessageType(), field.getJsonName());
      } else {
        found.put(path, heading);
      }
    }
  }

  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    List<String> parts = Arrays.asList(Files.readString(DOCUMENT).split("(?m)^#{2,3} "));
    parts.forEach(section -> sections.put(section.lines().findFirst().orElse(""), section));
    return sections;
  }
}
