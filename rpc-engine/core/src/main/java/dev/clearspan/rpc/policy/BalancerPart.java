package dev.clearspan.rpc.policy;

import static java.util.stream.Collectors.joining;

import dev.clearspan.protocol.AdaptiveWeights;
import dev.clearspan.protocol.BalancerPolicy;
import dev.clearspan.rpc.balance.AdaptiveSettings;
import dev.clearspan.rpc.balance.BalancerSettings;
import dev.clearspan.rpc.balance.BalancerSettings.Algorithm;
import dev.clearspan.rpc.balance.BalancerSettings.Hash;
import dev.clearspan.rpc.balance.BalancerSettings.Zone;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The balancer part of a policy: what it must satisfy, and what it says. */
final class BalancerPart {
  private static final int MOST_INSTANCES = 1_000;
  private static final double MOST_BOUND = 10;
  private static final double LEAST_FACTOR = 0.01;
  private static final double MOST_FACTOR = 10;
  private static final Duration MINUTES = Duration.ofMinutes(10);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Pattern KEY = Pattern.compile("[0-9a-z_.-]{1,64}");

  private BalancerPart() {}

  static void check(Findings findings, String path, BalancerPolicy policy) {
    algorithm(findings, path, policy);
    findings.duration(
        path + ".slowStart", policy.hasSlowStart(), policy.getSlowStart(), Duration.ZERO, MINUTES);
    if (!policy.getHashKey().isEmpty() && !KEY.matcher(policy.getHashKey()).matches()) {
      findings.found(path + ".hashKey", policy.getHashKey(), "a metadata key, " + KEY);
    }
    if (policy.getHashBound() != 0) {
      findings.within(path + ".hashBound", policy.getHashBound(), 1, MOST_BOUND);
    }
    if (policy.hasZoneMinimum()) {
      findings.within(path + ".zoneMinimum", policy.getZoneMinimum(), 0, 1);
    }
    findings.whole(path + ".subset", policy.getSubset(), MOST_INSTANCES);
    adaptive(findings, path + ".adaptive", policy.getAdaptive());
  }

  /** What belongs to a client and its instances, whatever the method. */
  static void refuseInMethod(Findings findings, String path, BalancerPolicy policy) {
    if (policy.getSubset() != 0) {
      findings.found(
          path + ".subset",
          String.valueOf(policy.getSubset()),
          "absent: a client uses the same instances for all methods, set service.balancer.subset");
    }
    if (policy.hasAdaptive()) {
      findings.found(
          path + ".adaptive",
          "present",
          "absent: instances report the load of all methods, set service.balancer.adaptive");
    }
  }

  static BalancerSettings read(BalancerPolicy policy) {
    BalancerSettings or = BalancerSettings.DEFAULT;
    boolean none = policy.getAlgorithm() == BalancerPolicy.Algorithm.ALGORITHM_UNSPECIFIED;
    return new BalancerSettings(
        none ? or.algorithm() : Algorithm.valueOf(policy.getAlgorithm().name()),
        Fields.duration(policy.hasSlowStart(), policy.getSlowStart(), or.slowStart()),
        new Hash(policy.getHashKey(), Fields.number(policy.getHashBound(), or.hash().bound())),
        new Zone(
            policy.getPreferZone(),
            policy.hasZoneMinimum() ? policy.getZoneMinimum() : or.zone().minimum()),
        policy.getSubset(),
        read(policy.getAdaptive()));
  }

  private static void algorithm(Findings findings, String path, BalancerPolicy policy) {
    if (policy.getAlgorithm() == BalancerPolicy.Algorithm.UNRECOGNIZED) {
      findings.found(
          path + ".algorithm",
          String.valueOf(policy.getAlgorithmValue()),
          Arrays.stream(Algorithm.values()).map(Enum::name).collect(joining(", ", "one of ", "")));
    }
    boolean hashes = policy.getAlgorithm() == BalancerPolicy.Algorithm.CONSISTENT_HASH;
    if (hashes && policy.getHashKey().isEmpty()) {
      findings.found(path + ".hashKey", "none", "a metadata key beside CONSISTENT_HASH");
    }
    boolean measures =
        policy.getAlgorithm() == BalancerPolicy.Algorithm.P2C_PEAK_EWMA
            || policy.getAlgorithm() == BalancerPolicy.Algorithm.ALGORITHM_UNSPECIFIED;
    if (measures && policy.getAdaptive().getEnabled()) {
      findings.found(
          path + ".adaptive.enabled",
          "true",
          "false, or another algorithm beside it: P2C_PEAK_EWMA measures load itself");
    }
  }

  private static void adaptive(Findings findings, String path, AdaptiveWeights policy) {
    if (policy.getLowest() != 0) {
      findings.within(path + ".lowest", policy.getLowest(), LEAST_FACTOR, 1);
    }
    if (policy.getHighest() != 0) {
      findings.within(path + ".highest", policy.getHighest(), 1, MOST_FACTOR);
    }
    findings.duration(
        path + ".halfLife", policy.hasHalfLife(), policy.getHalfLife(), SECOND, MINUTES);
    findings.duration(path + ".expiry", policy.hasExpiry(), policy.getExpiry(), SECOND, MINUTES);
  }

  private static AdaptiveSettings read(AdaptiveWeights policy) {
    AdaptiveSettings or = AdaptiveSettings.DEFAULT;
    return new AdaptiveSettings(
        policy.getEnabled(),
        Fields.number(policy.getLowest(), or.lowest()),
        Fields.number(policy.getHighest(), or.highest()),
        Fields.duration(policy.hasHalfLife(), policy.getHalfLife(), or.halfLife()),
        Fields.duration(policy.hasExpiry(), policy.getExpiry(), or.expiry()));
  }
}
