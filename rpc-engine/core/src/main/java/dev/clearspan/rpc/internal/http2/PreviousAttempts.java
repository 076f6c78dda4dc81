package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Metadata;

/** How often a caller has tried before, by gRPC's header (proposal A6). */
final class PreviousAttempts {
  static final String KEY = "grpc-previous-rpc-attempts";
  private static final int MOST = 255;

  private PreviousAttempts() {}

  /** What the metadata says; 0 where it says nothing, or nothing that makes sense. */
  static int in(Metadata metadata) {
    String told = metadata.isEmpty() ? null : metadata.first(KEY);
    if (told == null || told.length() > 3) {
      return 0;
    }
    try {
      return Math.max(0, Math.min(MOST, Integer.parseInt(told)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
