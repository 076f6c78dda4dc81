package dev.clearspan.rpc;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How much a peer may ask of this process: a value for each {@link Limit}. Checked before anything
 * is allocated. Immutable.
 */
public final class Limits {
  public static final Limits DEFAULT = new Limits(Map.of());

  // Beside message and metadata: fixed fields, status message, lengths of entries, extensions.
  private static final int FRAME_ALLOWANCE = 8 * 1024;

  private final long[] values = new long[Limit.values().length];

  private Limits(Map<Limit, Long> set) {
    for (Limit limit : Limit.values()) {
      values[limit.ordinal()] = set.getOrDefault(limit, limit.standard());
    }
  }

  /**
   * The defaults, changed by system properties and, where there is none, by environment variables.
   *
   * @throws IllegalArgumentException if a setting is malformed or out of range; the message names
   *     it, its value and what is expected
   */
  public static Limits fromEnvironment() {
    return from(System::getProperty, System::getenv);
  }

  static Limits from(
      UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> variables) {
    Map<Limit, Long> set = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      String property = properties.apply(limit.property());
      String variable = variables.apply(limit.variable());
      if (property != null) {
        set.put(limit, limit.parsed(limit.property(), property));
      } else if (variable != null && !variable.isBlank()) {
        set.put(limit, limit.parsed(limit.variable(), variable));
      }
    }
    return new Limits(set);
  }

  /**
   * These limits with another value for one: bytes, a count, or milliseconds.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Limits with(Limit limit, long value) {
    Limits changed = new Limits(Map.of());
    System.arraycopy(values, 0, changed.values, 0, values.length);
    changed.values[limit.ordinal()] = limit.checked(value);
    return changed;
  }

  /**
   * These limits with another time for one.
   *
   * @throws IllegalArgumentException if it is out of range or the limit is none of time
   */
  public Limits with(Limit limit, Duration value) {
    if (limit.unit() != Limit.Unit.TIME) {
      throw new IllegalArgumentException(
          limit.key() + ": " + value + " (expected: a number, not a time)");
    }
    return with(limit, value.toMillis());
  }

  /** The value: bytes, a count, or milliseconds. */
  public long of(Limit limit) {
    return values[limit.ordinal()];
  }

  public int messageBytes() {
    return (int) of(Limit.MESSAGE_BYTES);
  }

  /** Largest payload of one frame: follows from message and metadata. */
  public int frameBytes() {
    return messageBytes() + metadataBytes() + FRAME_ALLOWANCE;
  }

  public int decodedRatio() {
    return (int) of(Limit.DECODED_RATIO);
  }

  public int metadataBytes() {
    return (int) of(Limit.METADATA_BYTES);
  }

  public int metadataEntries() {
    return (int) of(Limit.METADATA_ENTRIES);
  }

  public int headerBytes() {
    return (int) of(Limit.HEADER_BYTES);
  }

  public int uriBytes() {
    return (int) of(Limit.URI_BYTES);
  }

  public int connections() {
    return (int) of(Limit.CONNECTIONS);
  }

  public int connectionsPerAddress() {
    return (int) of(Limit.CONNECTIONS_PER_ADDRESS);
  }

  public int newConnectionsPerAddress() {
    return (int) of(Limit.NEW_CONNECTIONS_PER_ADDRESS);
  }

  public int connectionsPerEndpoint() {
    return (int) of(Limit.CONNECTIONS_PER_ENDPOINT);
  }

  public int inFlightPerConnection() {
    return (int) of(Limit.IN_FLIGHT_PER_CONNECTION);
  }

  public int inFlight() {
    return (int) of(Limit.IN_FLIGHT);
  }

  public int streamWindow() {
    return (int) of(Limit.STREAM_WINDOW);
  }

  public int connectionWindow() {
    return (int) of(Limit.CONNECTION_WINDOW);
  }

  public Duration handshake() {
    return Duration.ofMillis(of(Limit.HANDSHAKE));
  }

  public Duration idle() {
    return Duration.ofMillis(of(Limit.IDLE));
  }

  public Duration writeStall() {
    return Duration.ofMillis(of(Limit.WRITE_STALL));
  }

  public Duration connectionAge() {
    return Duration.ofMillis(of(Limit.CONNECTION_AGE));
  }

  public Duration keepaliveMinimum() {
    return Duration.ofMillis(of(Limit.KEEPALIVE_MINIMUM));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Limits that && Arrays.equals(that.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** "message-bytes 4MiB, decoded-ratio 100, ...". */
  @Override
  public String toString() {
    StringJoiner all = new StringJoiner(", ");
    for (Limit limit : Limit.values()) {
      all.add(limit.key() + " " + limit.unit().format(of(limit)));
    }
    return all.toString();
  }
}
