package dev.clearspan.rpc;

import java.util.Locale;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * What peers may have only so much of. Each limit has a default and a range, and is set in code
 * ({@link RpcServerBuilder#limit}, {@code ChannelBuilder.limit}), by the system property {@code
 * clearspan.limit.<key>}, or by the environment variable {@code CLEARSPAN_LIMIT_<NAME>}; the first
 * of these that is there wins. {@code docs/limits.md} is the same table for operators.
 */
public enum Limit {
  /** Largest message, uncompressed, either way. A frame may be 16 KiB larger. */
  MESSAGE_BYTES(Unit.BYTES, 4 << 20, 1, 1 << 30),
  /** Most times its size that a compressed message over 1 MiB may inflate to. */
  DECODED_RATIO(Unit.COUNT, 100, 1, 100_000),
  /** Largest metadata of one message, keys and values together. */
  METADATA_BYTES(Unit.BYTES, Metadata.MAX_BYTES, 0, Metadata.MAX_BYTES),
  /** Most metadata entries of one message. */
  METADATA_ENTRIES(Unit.COUNT, Metadata.MAX_ENTRIES, 0, Metadata.MAX_ENTRIES),
  /** Largest header block of an HTTP request. */
  HEADER_BYTES(Unit.BYTES, 16 << 10, 1 << 10, 1 << 20),
  /** Longest request line of HTTP/1.1: GET calls carry their message there. */
  URI_BYTES(Unit.BYTES, 8 << 10, 256, 1 << 20),
  /** Most open connections to a server; more are closed at once. */
  CONNECTIONS(Unit.COUNT, 10_000, 1, 1_000_000),
  /** Most open connections from one IP address. */
  CONNECTIONS_PER_ADDRESS(Unit.COUNT, 1_000, 1, 1_000_000),
  /** Most connections that one IP address may open in a second; more are closed at once. */
  NEW_CONNECTIONS_PER_ADDRESS(Unit.COUNT, 200, 1, 1_000_000),
  /** Most connections that a client opens to one endpoint. */
  CONNECTIONS_PER_ENDPOINT(Unit.COUNT, 4, 1, 64),
  /**
   * Most calls in flight on one connection, streams among them, in Clearspan frames or gRPC; more
   * are refused.
   */
  IN_FLIGHT_PER_CONNECTION(Unit.COUNT, 1_000, 1, 1_000_000),
  /** Most calls in flight on a server, whatever their protocol; more are refused. */
  IN_FLIGHT(Unit.COUNT, 10_000, 1, 10_000_000),
  /** What a peer may send on one stream before it is taken; a client's HTTP/2 takes 4 times it. */
  STREAM_WINDOW(Unit.BYTES, 256 << 10, 16 << 10, 256 << 20),
  /** The same for all streams of a connection together. */
  CONNECTION_WINDOW(Unit.BYTES, 4 << 20, 64 << 10, 256 << 20),
  /** Time a new connection has for TLS and its first frame or request, both together. */
  HANDSHAKE(Unit.TIME, 5_000, 1, 600_000),
  /** Time without a byte after which a connection is asked whether it lives, or closed. */
  IDLE(Unit.TIME, 300_000, 100, 86_400_000),
  /** Time bytes may wait for a peer that reads nothing; then the connection is closed. */
  WRITE_STALL(Unit.TIME, 10_000, 100, 3_600_000),
  /** Age at which clients are told to open another connection instead, a tenth more or less. */
  CONNECTION_AGE(Unit.TIME, 3_600_000, 100, 31_536_000_000L),
  /** Shortest time between two pings that a server tolerates. */
  KEEPALIVE_MINIMUM(Unit.TIME, 200, 1, 3_600_000);

  private static final String PROPERTY = "clearspan.limit.";
  private static final String VARIABLE = "CLEARSPAN_LIMIT_";

  private final Unit unit;
  private final long standard;
  private final long least;
  private final long most;

  Limit(Unit unit, long standard, long least, long most) {
    this.unit = unit;
    this.standard = standard;
    this.least = least;
    this.most = most;
  }

  /** What a limit's number counts, and how it is written. */
  public enum Unit {
    /** "4194304", "4096KiB", "4MiB". */
    BYTES(LimitText::bytes, LimitText::readBytes, "bytes, such as 65536 or 64KiB"),
    /** "1000". */
    COUNT(Long::toString, LimitText::readCount, "a number"),
    /** Milliseconds, written "200ms", "5s", "2m", "1h". */
    TIME(LimitText::time, LimitText::readTime, "a time, such as 500ms, 5s or 2m");

    private final LongFunction<String> format;
    private final ToLongFunction<String> parse;
    private final String form;

    Unit(LongFunction<String> format, ToLongFunction<String> parse, String form) {
      this.format = format;
      this.parse = parse;
      this.form = form;
    }

    /** The number as people write it. */
    public String format(long value) {
      return format.apply(value);
    }
  }

  /** "message-bytes": its name in settings, logs and metrics. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The system property that sets it. */
  public String property() {
    return PROPERTY + key();
  }

  /** The environment variable that sets it. */
  public String variable() {
    return VARIABLE + name();
  }

  public Unit unit() {
    return unit;
  }

  /** The default: bytes, a count, or milliseconds. */
  public long standard() {
    return standard;
  }

  /** "1 to 1GiB". */
  public String range() {
    return unit.format(least) + " to " + unit.format(most);
  }

  /**
   * The value, if it is in range.
   *
   * @throws IllegalArgumentException naming key, value and range
   */
  long checked(long value) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key() + ": " + unit.format(value) + " (expected: " + range() + ")");
    }
    return value;
  }

  /**
   * The value that a setting's text means.
   *
   * @param source the property or variable that holds it
   * @throws IllegalArgumentException naming source, text and range
   */
  long parsed(String source, String text) {
    long value;
    try {
      value = unit.parse.applyAsLong(text.trim());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refused(source, text);
    }
    if (value < least || value > most) {
      throw refused(source, text);
    }
    return value;
  }

  private IllegalArgumentException refused(String source, String text) {
    return new IllegalArgumentException(
        source + ": " + text + " (expected: " + unit.form + ", " + range() + ")");
  }
}
