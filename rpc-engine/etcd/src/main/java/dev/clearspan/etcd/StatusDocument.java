package dev.clearspan.etcd;

import dev.clearspan.protocol.ProcessStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Keeps a status document within its cap by leaving out what operators miss least. */
final class StatusDocument {
  private static final int MAX_BREAKERS = 64;
  private static final int FEW = 8;
  private static final List<Consumer<ProcessStatus.Builder>> CUTS =
      List.of(
          StatusDocument::cutWeights,
          StatusDocument::cutDescriptions,
          ProcessStatus.Builder::clearCode,
          StatusDocument::cutBreakers,
          StatusDocument::cutLeftOut,
          StatusDocument::cutUnreachable,
          StatusDocument::cutRefused,
          ProcessStatus.Builder::clearIgnoredFields,
          ProcessStatus.Builder::clearPipeline,
          ProcessStatus.Builder::clearCalls);

  private StatusDocument() {}

  static ProcessStatus bounded(ProcessStatus full) {
    ProcessStatus.Builder status = full.toBuilder();
    if (status.getBreakersCount() > MAX_BREAKERS) {
      keepBreakers(status, MAX_BREAKERS);
    }
    for (Consumer<ProcessStatus.Builder> cut : CUTS) {
      if (size(status) <= RegistryValues.MAX_STATUS_BYTES) {
        break;
      }
      cut.accept(status);
    }
    return status.build();
  }

  private static int size(ProcessStatus.Builder status) {
    return JsonValues.print(status).getBytes(StandardCharsets.UTF_8).length;
  }

  /** Without weights nobody may conclude that the rest takes nothing. */
  private static void cutWeights(ProcessStatus.Builder status) {
    status.clearWeights().clearPartlyUsed();
  }

  private static void cutDescriptions(ProcessStatus.Builder status) {
    status.getPipelineBuilderList().forEach(stage -> stage.clearDescription());
  }

  private static void cutBreakers(ProcessStatus.Builder status) {
    keepBreakers(status, FEW);
  }

  private static void keepBreakers(ProcessStatus.Builder status, int count) {
    var kept = status.getBreakersList().stream().limit(count).toList();
    status.clearBreakers().addAllBreakers(kept);
  }

  private static void cutLeftOut(ProcessStatus.Builder status) {
    var outliers = status.getOutliersList().stream().limit(FEW).toList();
    status.clearOutliers().addAllOutliers(outliers);
    var panics = status.getPanicsList().stream().limit(FEW).toList();
    status.clearPanics().addAllPanics(panics);
  }

  private static void cutUnreachable(ProcessStatus.Builder status) {
    var kept = status.getUnreachableList().stream().limit(FEW).toList();
    status.clearUnreachable().addAllUnreachable(kept);
  }

  private static void cutRefused(ProcessStatus.Builder status) {
    var kept = status.getRefusedList().stream().limit(FEW).toList();
    status.clearRefused().addAllRefused(kept);
  }
}
