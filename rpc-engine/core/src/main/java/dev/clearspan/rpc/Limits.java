package dev.clearspan.rpc;

import java.time.Duration;

/**
 * How much a peer may ask of this process. Checked before anything is allocated. Immutable.
 *
 * @param messageBytes largest encoded message, either way
 * @param metadataBytes largest metadata of one message, keys and values together
 * @param metadataEntries most metadata entries of one message, at most {@link Metadata#MAX_ENTRIES}
 * @param connections open connections to a server; more are closed at once
 * @param inFlightPerConnection calls in flight on one connection; more are refused
 * @param inFlight calls in flight on a server; more are refused
 * @param handshake time a new connection has for its first frame or request
 * @param keepaliveMinimum shortest time between two pings that a server tolerates
 */
public record Limits(
    int messageBytes,
    int metadataBytes,
    int metadataEntries,
    int connections,
    int inFlightPerConnection,
    int inFlight,
    Duration handshake,
    Duration keepaliveMinimum) {

  public static final Limits DEFAULT =
      new Limits(
          4 * 1024 * 1024,
          Metadata.MAX_BYTES,
          Metadata.MAX_ENTRIES,
          10_000,
          1_000,
          10_000,
          Duration.ofSeconds(5),
          Duration.ofMillis(200));

  public Limits {
    atLeastOne("messageBytes", messageBytes);
    atLeastOne("connections", connections);
    atLeastOne("inFlightPerConnection", inFlightPerConnection);
    atLeastOne("inFlight", inFlight);
    between("metadataBytes", metadataBytes, Metadata.MAX_BYTES);
    between("metadataEntries", metadataEntries, Metadata.MAX_ENTRIES);
    positive("handshake", handshake);
    positive("keepaliveMinimum", keepaliveMinimum);
  }

  public Limits withMessageBytes(int value) {
    return new Limits(
        value,
        metadataBytes,
        metadataEntries,
        connections,
        inFlightPerConnection,
        inFlight,
        handshake,
        keepaliveMinimum);
  }

  public Limits withMetadata(int bytes, int entries) {
    return new Limits(
        messageBytes,
        bytes,
        entries,
        connections,
        inFlightPerConnection,
        inFlight,
        handshake,
        keepaliveMinimum);
  }

  public Limits withConnections(int value) {
    return new Limits(
        messageBytes,
        metadataBytes,
        metadataEntries,
        value,
        inFlightPerConnection,
        inFlight,
        handshake,
        keepaliveMinimum);
  }

  public Limits withInFlight(int perConnection, int inAll) {
    return new Limits(
        messageBytes,
        metadataBytes,
        metadataEntries,
        connections,
        perConnection,
        inAll,
        handshake,
        keepaliveMinimum);
  }

  public Limits withHandshake(Duration value) {
    return new Limits(
        messageBytes,
        metadataBytes,
        metadataEntries,
        connections,
        inFlightPerConnection,
        inFlight,
        value,
        keepaliveMinimum);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }

  private static void between(String name, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: between 0 and " + most + ")");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
