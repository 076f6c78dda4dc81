package dev.clearspan.rpc.internal.frame;

import dev.clearspan.rpc.Limits;

/**
 * How much of what streams send a process takes before it has said that it consumed some: the
 * credit each sender begins with.
 *
 * @param stream of one stream, in bytes; 0: the process speaks no streams
 * @param connection of all streams of a connection together, in bytes
 */
public record StreamWindows(int stream, int connection) {
  /** Of a process that speaks no streams. */
  public static final StreamWindows NONE = new StreamWindows(0, 0);

  /** Of a process with these limits. */
  public static StreamWindows of(Limits limits) {
    return new StreamWindows(limits.streamWindow(), limits.connectionWindow());
  }
}
