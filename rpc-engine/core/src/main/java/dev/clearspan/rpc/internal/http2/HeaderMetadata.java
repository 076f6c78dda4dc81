package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.limit.LimitMark;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metadata as HTTP/2 headers. Values of "-bin" keys are base64 in both; a peer may join several
 * with commas and may pad. Pseudo-headers, gRPC's own headers and those of HTTP's machinery are no
 * metadata, nor are names that metadata keys cannot have.
 */
final class HeaderMetadata {
  private static final Set<String> TRANSPORT =
      Set.of("content-type", "te", "content-length", "connection", "host", "traceparent");
  // Names of gRPC's and of ours that users, or those who decide on retries, read and write.
  private static final Set<String> FOR_USERS =
      Set.of(
          GrpcNames.STATUS_DETAILS,
          PreviousAttempts.KEY,
          "grpc-retry-pushback-ms",
          "clearspan-retried",
          LimitMark.KEY);
  private static final String BINARY = "-bin";

  private HeaderMetadata() {}

  /**
   * The headers or trailers as metadata.
   *
   * @throws RpcException RESOURCE_EXHAUSTED if they are more than the limits allow
   * @throws IllegalArgumentException if they hold what metadata cannot
   */
  static Metadata read(Iterable<Map.Entry<CharSequence, CharSequence>> headers, Limits limits) {
    List<Metadata.Entry> entries = null;
    int bytes = 0;
    for (Map.Entry<CharSequence, CharSequence> header : headers) {
      if (isMetadata(header.getKey())) {
        entries = entries == null ? new ArrayList<>(4) : entries;
        bytes += header.getKey().length() + header.getValue().length();
        add(entries, header.getKey().toString(), header.getValue().toString());
        check("bytes", bytes, limits.metadataBytes());
        check("entries", entries.size(), limits.metadataEntries());
      }
    }
    return entries == null ? Metadata.EMPTY : Metadata.of(entries);
  }

  /** Appends all entries. */
  static void write(Metadata metadata, Http2Headers headers) {
    for (Metadata.Entry entry : metadata.entries()) {
      if (isMetadata(entry.key())) {
        headers.add(AsciiString.of(entry.key()), AsciiString.of(entry.value()));
      }
    }
  }

  private static void add(List<Metadata.Entry> entries, String key, String value) {
    if (!key.endsWith(BINARY) || value.indexOf(',') < 0) {
      entries.add(new Metadata.Entry(key, value.strip()));
      return;
    }
    for (String each : value.split(",", Metadata.MAX_ENTRIES + 1)) {
      entries.add(new Metadata.Entry(key, each.strip()));
    }
  }

  /** Whether a header of this name is the user's. */
  static boolean isMetadata(CharSequence name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isKeyCharacter(name.charAt(i))) {
        return false;
      }
    }
    String key = name.toString();
    if (key.startsWith("grpc-") || key.startsWith("clearspan-")) {
      return FOR_USERS.contains(key);
    }
    return !key.isEmpty() && !TRANSPORT.contains(key);
  }

  private static boolean isKeyCharacter(char each) {
    return (each >= 'a' && each <= 'z')
        || (each >= '0' && each <= '9')
        || each == '-'
        || each == '_'
        || each == '.';
  }

  private static void check(String what, int found, int most) {
    if (found > most) {
      throw new RpcException(
          Status.Code.RESOURCE_EXHAUSTED,
          "metadata " + what + ": " + found + " (expected: <= " + most + ")");
    }
  }
}
