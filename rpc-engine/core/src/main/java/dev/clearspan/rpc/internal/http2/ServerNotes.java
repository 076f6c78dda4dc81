package dev.clearspan.rpc.internal.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/**
 * What a Clearspan server adds to gRPC's trailers for Clearspan clients.
 *
 * @param fromClearspan whether the server is one of ours
 * @param keep the trace is being kept
 * @param refused no handler ran and none will
 * @param serverNanos time the server took; -1 unknown
 * @param queueNanos part of it before the handler; -1 unknown
 */
record ServerNotes(
    boolean fromClearspan, boolean keep, boolean refused, long serverNanos, long queueNanos) {
  private static final int MOST_DIGITS = 18;

  /** What a reply without trailers tells. */
  static final ServerNotes NONE = new ServerNotes(false, false, false, -1, -1);

  static ServerNotes read(Http2Headers trailers) {
    boolean keep = trailers.contains(GrpcNames.KEEP);
    boolean refused = trailers.contains(GrpcNames.REFUSED);
    CharSequence timing = trailers.get(GrpcNames.TIMING);
    if (timing == null) {
      return keep || refused ? new ServerNotes(false, keep, refused, -1, -1) : NONE;
    }
    int middle = AsciiString.indexOf(timing, ';', 0);
    return new ServerNotes(
        true, keep, refused, nanos(timing, 0, middle), nanos(timing, middle + 1, timing.length()));
  }

  /** The decimal number between the two positions; -1 if there is none. */
  private static long nanos(CharSequence text, int start, int end) {
    if (start >= end || end - start > MOST_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value;
  }
}
