package dev.clearspan.rpc.policy;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.FaultPolicy;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.discovery.RegistryNames;
import dev.clearspan.rpc.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The fault part of a policy: what it must satisfy, and what it says. That a fault lasts no longer
 * than a day follows from the two moments it carries; no clock is asked, so that a document is as
 * valid tomorrow as it is today.
 */
final class FaultPart {
  private static final int MOST_FAULTS = 16;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Set<Status.Code> FAILURES = EnumSet.complementOf(EnumSet.of(Status.Code.OK));

  private FaultPart() {}

  static void check(Findings findings, String path, FaultPolicy policy) {
    findings.atMost(path + ".faults", policy.getFaultsCount(), MOST_FAULTS);
    for (int i = 0; i < policy.getFaultsCount(); i++) {
      check(findings, path + ".faults[" + i + "]", policy.getFaults(i));
    }
  }

  private static void check(Findings findings, String path, dev.clearspan.protocol.Fault fault) {
    if (!fault.getCaller().isEmpty() && !RegistryNames.isName(fault.getCaller())) {
      findings.found(path + ".caller", fault.getCaller(), "the name of a service, or none");
    }
    if (!(fault.getShare() > 0 && fault.getShare() <= 1)) {
      findings.found(path + ".share", Findings.number(fault.getShare()), "more than 0, at most 1");
    }
    findings.duration(
        path + ".delay",
        fault.hasDelay(),
        fault.getDelay(),
        Duration.ofMillis(1),
        Duration.ofMinutes(1));
    if (!fault.getAbort().isEmpty()) {
      findings.code(path + ".abort", fault.getAbort(), FAILURES);
    } else if (!fault.hasDelay()) {
      findings.found(path, "neither delay nor abort", "at least one of them");
    }
    checkTimes(findings, path, fault);
  }

  private static void checkTimes(
      Findings findings, String path, dev.clearspan.protocol.Fault fault) {
    if (!fault.hasSince() || !fault.hasUntil()) {
      findings.found(path + (fault.hasSince() ? ".until" : ".since"), "none", "a moment");
      return;
    }
    double seconds = Fields.seconds(fault.getUntil()) - Fields.seconds(fault.getSince());
    if (!(seconds > 0 && seconds <= DAY.toSeconds())) {
      findings.found(
          path + ".until",
          Findings.number(seconds) + "s after since",
          "more than 0s, at most " + Findings.seconds(DAY) + " after since");
    }
  }

  static List<Fault> read(FaultPolicy policy) {
    return policy.getFaultsList().stream().map(FaultPart::fault).toList();
  }

  private static Fault fault(dev.clearspan.protocol.Fault fault) {
    return new Fault(
        fault.getCaller(),
        fault.getShare(),
        fault.hasDelay() ? Fields.duration(fault.getDelay()).toNanos() : 0,
        fault.getAbort().isEmpty() ? null : Status.Code.valueOf(fault.getAbort()),
        instant(fault.getSince()),
        instant(fault.getUntil()),
        fault.getReason(),
        fault.getAuthor());
  }

  private static Instant instant(Timestamp moment) {
    return Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos());
  }
}
