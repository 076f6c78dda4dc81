package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Who a Clearspan server is, told in the SETTINGS that begin its HTTP/2 connections: three settings
 * of our own with the CRC-32 of service, instance id and incarnation. Everyone else ignores them,
 * as RFC 9113 (6.5.2) asks. So a client notices before its first call that an address was reused.
 */
record ServerIdentity(long service, long instance, long incarnation) {
  static final char SERVICE = 0xc501;
  static final char INSTANCE = 0xc502;
  static final char INCARNATION = 0xc503;

  static ServerIdentity of(ProcessIdentity server) {
    return new ServerIdentity(
        mark(server.service()), mark(server.instanceId()), mark(server.processId()));
  }

  /** What the SETTINGS of a server tell; null if it is none of ours, or an early build. */
  static @Nullable ServerIdentity read(Http2Settings settings) {
    Long service = settings.get(SERVICE);
    Long instance = settings.get(INSTANCE);
    Long incarnation = settings.get(INCARNATION);
    return service == null || instance == null || incarnation == null
        ? null
        : new ServerIdentity(service, instance, incarnation);
  }

  /** Adds it to the settings. */
  Http2Settings write(Http2Settings settings) {
    settings.put(SERVICE, Long.valueOf(service));
    settings.put(INSTANCE, Long.valueOf(instance));
    settings.put(INCARNATION, Long.valueOf(incarnation));
    return settings;
  }

  /** How the server differs from the one that is meant, or null. */
  @Nullable String mismatch(EndpointAddress address) {
    String difference = difference("service", address.service(), service);
    if (difference == null) {
      difference = difference("instance", address.instanceId(), instance);
    }
    if (difference == null) {
      difference = difference("incarnation", address.incarnation(), incarnation);
    }
    return difference == null
        ? null
        : "another server at " + address.authority() + ": " + difference;
  }

  private static @Nullable String difference(String what, String expected, long found) {
    return expected.isEmpty() || mark(expected) == found
        ? null
        : what + " with the mark %08x (expected: %s)".formatted(found, expected);
  }

  private static long mark(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
