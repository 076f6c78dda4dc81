package dev.clearspan.rpc;

/** How a caller's messages are packed; replies are unpacked whatever was chosen. */
public enum Compression {
  /** As they are. */
  NONE,
  /** With gzip, each by itself. Only calls by gRPC do it so far; others send them as they are. */
  GZIP
}
