package dev.clearspan.rpc.internal.frame;

/**
 * How much of what streams send a process takes before it has said that it consumed some: the
 * credit each sender begins with.
 *
 * @param stream of one stream, in bytes; 0: the process speaks no streams
 * @param connection of all streams of a connection together, in bytes
 */
public record StreamWindows(int stream, int connection) {
  /** 16 streams that nobody reads leave the others of their connection room. */
  public static final StreamWindows DEFAULT = new StreamWindows(256 * 1024, 4 * 1024 * 1024);

  /** Of a process that speaks no streams. */
  public static final StreamWindows NONE = new StreamWindows(0, 0);
}
