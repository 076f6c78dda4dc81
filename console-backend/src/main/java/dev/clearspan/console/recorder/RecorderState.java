package dev.clearspan.console.recorder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the flight recorders are, as their processes report it.
 *
 * @param lostPerSecond records lost in all processes, mean of the last ten seconds
 * @param shedding processes that shed traces now
 * @param shortestHorizonSeconds over all processes; null while none reports it
 * @param processes those heard within 15 minutes, who loses or sheds first
 */
public record RecorderState(
    double lostPerSecond,
    int shedding,
    @Nullable Double shortestHorizonSeconds,
    List<OfProcess> processes) {

  /**
   * One process' recorder; counts since the console heard of it.
   *
   * @param horizonSeconds how far back its ring reaches; null: not reported
   * @param produced records written
   * @param exported records handed over
   * @param kept records kept, by reason
   * @param lost records lost, by stage
   * @param lostPerSecond mean of the last ten seconds
   * @param shed traces shed
   * @param shedShare share of traces it sheds now, 0 to 1
   */
  public record OfProcess(
      String process,
      String service,
      String instance,
      Instant heardAt,
      @Nullable Double horizonSeconds,
      long produced,
      long exported,
      Map<String, Long> kept,
      Map<String, Long> lost,
      double lostPerSecond,
      @Nullable Instant lostAt,
      long shed,
      double shedShare) {}
}
