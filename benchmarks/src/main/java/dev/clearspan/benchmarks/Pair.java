package dev.clearspan.benchmarks;

import java.util.concurrent.TimeUnit;

/** A contestant's server and client, in two processes. */
final class Pair implements AutoCloseable {
  private static final long START_SECONDS = 20;

  final Contestant contestant;
  private final PlayerProcess server;
  private final PlayerProcess client;

  private Pair(Contestant contestant, PlayerProcess server, PlayerProcess client) {
    this.contestant = contestant;
    this.server = server;
    this.client = client;
  }

  static Pair start(Contestant contestant) throws Exception {
    PlayerProcess server = PlayerProcess.start("server", contestant.label());
    try {
      long port = server.answer(START_SECONDS)[0];
      PlayerProcess client = PlayerProcess.start("client", contestant.label(), Long.toString(port));
      client.answer(START_SECONDS);
      return new Pair(contestant, server, client);
    } catch (Exception e) {
      server.close();
      throw e;
    }
  }

  /** Runs one cell and says what it cost both processes together. */
  Cell run(int inFlight, double seconds) throws Exception {
    Usage serverBefore = server.usage();
    Usage clientBefore = client.usage();
    long nanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    long[] ran =
        client.ask("run " + inFlight + " " + nanos, (long) seconds + ClosedLoop.GRACE_SECONDS + 10);
    Usage clientUsed = client.usage().minus(clientBefore);
    Usage serverUsed = server.usage().minus(serverBefore);
    return new Cell(
        ran[0],
        ran[1],
        ran[2],
        ran[3],
        ran[4],
        clientUsed.cpuNanos() + serverUsed.cpuNanos(),
        clientUsed.allocatedBytes() + serverUsed.allocatedBytes());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
