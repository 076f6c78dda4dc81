package dev.clearspan.rpc;

/** How a caller's messages are packed; replies are unpacked whatever was chosen. */
public enum Compression {
  /** As they are. */
  NONE,
  /**
   * With gzip, each by itself: in gRPC all, in Clearspan frames those of 1 KiB and more, if the
   * other side takes them.
   */
  GZIP,
  /**
   * With zstd in Clearspan frames, if both sides have zstd-jni on their class path; faster and
   * smaller. Elsewhere with gzip.
   */
  ZSTD
}
