package dev.clearspan.console.policy;

import dev.clearspan.console.policy.DraftAudience.UnknownField;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import java.util.ArrayList;
import java.util.List;

/** Compares what a document needs with what processes say they know. */
final class DraftAudiences {
  private static final int EXAMPLES = 10;

  private DraftAudiences() {}

  static DraftAudience of(ServicePolicy document, List<ProcessStatus> concerned) {
    List<UnknownField> unknown = new ArrayList<>();
    FieldLevels.of(document)
        .forEach(
            (field, level) -> {
              List<String> older =
                  concerned.stream()
                      .filter(status -> knows(status) < level)
                      .map(DraftAudiences::name)
                      .sorted()
                      .toList();
              if (!older.isEmpty()) {
                unknown.add(
                    new UnknownField(field, older.size(), older.stream().limit(EXAMPLES).toList()));
              }
            });
    return new DraftAudience(concerned.size(), unknown);
  }

  /** The first versions did not tell. */
  private static int knows(ProcessStatus status) {
    return Math.max(1, status.getPolicySchemaLevel());
  }

  private static String name(ProcessStatus status) {
    String which =
        status.getInstanceId().isEmpty() ? status.getProcessId() : status.getInstanceId();
    return status.getService() + " " + which;
  }
}
