package dev.clearspan.console.alert;

import dev.clearspan.console.outage.Outage;
import dev.clearspan.console.outage.OutageKind;
import dev.clearspan.console.outage.Outages;
import dev.clearspan.console.registry.RegistryView;
import dev.clearspan.rpc.control.ControlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the registry tells, and how old that is. One round's. */
final class RegistrySignals {
  /** Beyond it the registry's word is no data; while it is connected it is heard every seconds. */
  static final Duration STALE = Duration.ofSeconds(60);

  private static final Duration SILENT = Duration.ofSeconds(60);
  private static final double MILLIS = 1_000;

  private final RegistryView registry;
  private final OpenBreakers breakers;
  private final Outages outages;
  private final DiscoveryAges ages;
  private final Instant now;

  RegistrySignals(
      RegistryView registry,
      OpenBreakers breakers,
      Outages outages,
      DiscoveryAges ages,
      Instant now) {
    this.registry = registry;
    this.breakers = breakers;
    this.outages = outages;
    this.ages = ages;
    this.now = now;
  }

  Observation breakers(RuleTarget wanted) {
    String blind = blind();
    if (!blind.isEmpty()) {
      return Observation.blind(blind);
    }
    return Observation.of(
        breakers.all().stream()
            .filter(open -> matches(wanted, open.target()))
            .map(open -> new Sample(open.target(), secondsSince(open.since()), open.cause()))
            .toList());
  }

  Observation outages(RuleTarget wanted) {
    String blind = blind();
    if (!blind.isEmpty()) {
      return Observation.blind(blind);
    }
    Map<AlertTarget, Sample> longest = new HashMap<>();
    outages
        .ongoing()
        .forEach(
            (service, all) -> {
              if (wanted.service().isEmpty() || wanted.service().equals(service)) {
                all.stream()
                    // Breakers have a kind of rule of their own.
                    .filter(outage -> outage.kind() != OutageKind.BREAKER)
                    .map(outage -> sample(service, outage))
                    .forEach(sample -> longest.merge(sample.target(), sample, this::longer));
              }
            });
    return Observation.of(List.copyOf(longest.values()));
  }

  private Sample sample(String service, Outage outage) {
    return new Sample(
        new AlertTarget(service, "", "", outage.instance()),
        secondsSince(outage.since()),
        outage.kind().word() + ": " + outage.cause());
  }

  private Sample longer(Sample left, Sample right) {
    return value(left) >= value(right) ? left : right;
  }

  private static double value(Sample sample) {
    return sample.value() == null ? 0 : sample.value();
  }

  /** Processes that pushed how old their view is; and, unless others are meant, the console. */
  Observation ages(RuleTarget wanted) {
    List<Sample> samples = new ArrayList<>();
    if (wanted.equals(RuleTarget.ALL)) {
      ControlStore.Health health = registry.health();
      samples.add(
          new Sample(AlertTarget.CONSOLE, health.ageMillis() / MILLIS, "the console's own view"));
    }
    ages.all()
        .forEach(
            (target, heard) -> {
              if (matches(wanted, target)) {
                samples.add(sample(target, heard));
              }
            });
    return samples.isEmpty()
        ? Observation.blind("no process told how old its view of the registry is")
        : Observation.of(samples);
  }

  private Sample sample(AlertTarget target, DiscoveryAges.Heard heard) {
    boolean silent = heard.at().isBefore(now.minus(SILENT));
    return silent
        ? new Sample(target, null, "the process pushes nothing any more")
        : new Sample(target, heard.seconds(), "the process' view of " + target.service());
  }

  private String blind() {
    if (!registry.snapshot().loaded()) {
      return "the registry was not read yet";
    }
    long age = registry.health().ageMillis();
    return age > STALE.toMillis()
        ? "the registry was last heard " + Math.round(age / MILLIS) + " s ago"
        : "";
  }

  private double secondsSince(Instant since) {
    return Math.max(0, Duration.between(since, now).toMillis() / MILLIS);
  }

  private static boolean matches(RuleTarget wanted, AlertTarget found) {
    return (wanted.service().isEmpty() || wanted.service().equals(found.service()))
        && (wanted.method().isEmpty() || wanted.method().equals(found.method()))
        && (wanted.caller().isEmpty() || wanted.caller().equals(found.caller()));
  }
}
