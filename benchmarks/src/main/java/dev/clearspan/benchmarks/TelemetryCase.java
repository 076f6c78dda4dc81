package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.Contestant.Home;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who tells of its calls, in which shape; each is compared with itself telling nothing. */
enum TelemetryCase {
  LOOP_RECORDER("loop-recorder", Shape.LOOP, Who.RECORDER, Limit.micros(0.5)),
  LOOP_SDK("loop-sdk", Shape.LOOP, Who.SDK, null),
  DEFAULT_RECORDER("default-recorder", Shape.DEFAULT, Who.RECORDER, Limit.percent(5)),
  DEFAULT_SDK("default-sdk", Shape.DEFAULT, Who.SDK, null),
  DEFAULT_GRPC("default-grpc", Shape.DEFAULT, Who.GRPC, null),
  OPEN_RECORDER("open-recorder", Shape.OPEN, Who.RECORDER, Limit.micros(5)),
  OPEN_SDK("open-sdk", Shape.OPEN, Who.SDK, null),
  OPEN_GRPC("open-grpc", Shape.OPEN, Who.GRPC, null);

  /** How calls are made, and what share of traces is exported. */
  enum Shape {
    LOOP("handler on the loop, 256 in flight, 1% exported", "loop", Load.async(256), 0.01),
    DEFAULT("default handler, 256 in flight, 1% exported", "default", Load.async(256), 0.01),
    OPEN("default handler, 5,000 calls/s, 100% exported", "default", Load.open(5_000), 1);

    final String description;
    final String handler;
    final Load load;
    final double rate;

    Shape(String description, String handler, Load load, double rate) {
      this.description = description;
      this.handler = handler;
      this.load = load;
      this.rate = rate;
    }
  }

  /** Whose calls, told by what. */
  enum Who {
    RECORDER("clearspan, flight recorder"),
    SDK("clearspan, plain SDK spans and instruments"),
    GRPC("grpc-java, grpc-opentelemetry");

    final String description;

    Who(String description) {
      this.description = description;
    }
  }

  /** What the difference may be at most. */
  record Limit(double most, boolean isPercent) {
    static Limit micros(double most) {
      return new Limit(most, false);
    }

    static Limit percent(double most) {
      return new Limit(most, true);
    }

    boolean isMetBy(Difference difference) {
      return (isPercent ? difference.percent() : difference.mean()) <= most;
    }

    @Override
    public String toString() {
      return isPercent ? "<= +%.0f%%".formatted(most) : "<= +%.1f us".formatted(most);
    }
  }

  private final String label;
  final Shape shape;
  final Who who;
  final @Nullable Limit limit;

  TelemetryCase(String label, Shape shape, Who who, @Nullable Limit limit) {
    this.label = label;
    this.shape = shape;
    this.who = who;
    this.limit = limit;
  }

  String label() {
    return label;
  }

  /** Whether one pair of JVMs is switched; else there is a pair that tells and one that doesn't. */
  boolean isSwitched() {
    return who != Who.GRPC;
  }

  /** Whether every span that was made has to arrive. */
  boolean mustLoseNothing() {
    return who == Who.RECORDER && shape == Shape.OPEN;
  }

  Duo telling(String endpoint) {
    List<String> settings =
        List.of("-D" + PlainSdk.ENDPOINT + "=" + endpoint, "-D" + PlainSdk.RATE + "=" + shape.rate);
    String variant = (who == Who.RECORDER ? "recorder-" : "sdk-") + shape.handler;
    Home home = isSwitched() ? Home.TOLD : Home.TOLD_GRPC;
    return new Duo(label, home, variant, home, variant, settings);
  }

  /** Its counterpart that tells nothing, for those that cannot be switched. */
  Duo silent() {
    return new Duo(label + "-silent", Home.GRPC, "default", Home.GRPC, "default", List.of());
  }

  static TelemetryCase of(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("case: " + label + " (expected: " + labels() + ")"));
  }

  static String labels() {
    return Arrays.stream(values()).map(TelemetryCase::label).collect(Collectors.joining(","));
  }

  /** A line for each. */
  static String explained() {
    return Arrays.stream(values())
        .map(
            each ->
                "  %-18s %s; %s%n"
                    .formatted(each.label, each.who.description, each.shape.description))
        .collect(Collectors.joining());
  }
}
