package dev.clearspan.console.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a trace is not there, as far as is known.
 *
 * @param cause the likeliest reason
 * @param shed stretches in which it would have been shed, newest first, at most 10
 * @param lost losses that processes have counted, newest first, at most 10
 * @param retention how far back traces are kept
 * @param arrivalSeconds a call that ended less than this ago may still be on its way
 * @param reporting processes that report their recorders now
 */
public record Absence(
    Cause cause,
    List<Shed> shed,
    List<Lost> lost,
    Retention retention,
    int arrivalSeconds,
    int reporting) {

  /** The likeliest reason. */
  public enum Cause {
    /** Processes kept only a part of the traces in some stretch of time, and not this one. */
    SHED,
    /** Processes have lost records. */
    LOST,
    /** No process says anything that would explain it. */
    UNKNOWN
  }

  /**
   * A stretch in which a service shed traces such as this one.
   *
   * @param share of its traces that were shed, 0 to 1
   * @param count traces shed
   * @param similarTraceId a failed trace of the service that was kept then; null: none
   */
  @JsonInclude
  public record Shed(
      String service,
      Instant from,
      Instant to,
      double share,
      long count,
      int processes,
      @Nullable String similarTraceId) {}

  /** Records of a process that were lost at one stage. */
  public record Lost(
      String service, String instance, String stage, long count, @Nullable Instant at) {}

  /**
   * How far back traces are kept.
   *
   * @param oldest when the oldest that is stored arrived; null: none is
   */
  @JsonInclude
  public record Retention(int hours, long maxBytes, @Nullable Instant oldest) {}
}
