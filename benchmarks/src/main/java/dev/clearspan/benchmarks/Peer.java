package dev.clearspan.benchmarks;

/**
 * An RPC library that can echo. Has a public constructor without arguments, so that each runs in a
 * process with a class path of its own. A variant is a word of the library's own: "direct".
 */
public interface Peer {
  /** Serves on a free port of 127.0.0.1; answers with {@link Echo#answer}. */
  Echo.Server serve(String variant) throws Exception;

  /** Connects to that port. */
  Echo.Client connect(int port, String variant) throws Exception;
}
