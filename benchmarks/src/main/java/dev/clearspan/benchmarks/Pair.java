package dev.clearspan.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server and a client, each in a JVM of its own. */
final class Pair implements AutoCloseable {
  private static final int START_SECONDS = 40;
  private static final int ANSWER_SECONDS = 15;

  private final PlayerProcess server;
  private final PlayerProcess client;

  private Pair(PlayerProcess server, PlayerProcess client) {
    this.server = server;
    this.client = client;
  }

  /** Starts both and connects them. */
  static Pair start(Duo duo, Jdk jdk, Path logs, @Nullable Path recordings) throws Exception {
    PlayerProcess server =
        new PlayerProcess.Launch(
                duo.name() + "-server", jdk, duo.server().module, duo.settings(), logs, recordings)
            .start("server", duo.server().peer, duo.serverVariant());
    PlayerProcess client = null;
    try {
      String port = Long.toString(server.answer(START_SECONDS)[0]);
      client =
          new PlayerProcess.Launch(
                  duo.name() + "-client",
                  jdk,
                  duo.client().module,
                  duo.settings(),
                  logs,
                  recordings)
              .start("client", duo.client().peer, duo.clientVariant(), port);
      long[] unused = client.answer(START_SECONDS);
      return new Pair(server, client);
    } catch (Exception e) {
      server.kill();
      if (client != null) {
        client.kill();
      }
      throw e;
    }
  }

  /** Switches what both tell of their calls on or off, where they can. */
  void telemetry(boolean on) throws InterruptedException {
    long[] first = server.ask("telemetry " + on, ANSWER_SECONDS);
    long[] second = client.ask("telemetry " + on, ANSWER_SECONDS);
    if (first.length + second.length != 0) {
      throw new IllegalStateException("telemetry: an answer with numbers (expected: none)");
    }
  }

  /** Runs one cell and says what it cost both processes together. */
  Cell run(Load load, double seconds) throws InterruptedException {
    long[] unused = server.ask("usage", ANSWER_SECONDS);
    long nanos = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    long[] ran =
        client.ask(
            "run " + load.words() + " " + nanos,
            seconds + ClosedLoop.GRACE_SECONDS + ANSWER_SECONDS);
    long[] served = server.ask("usage", ANSWER_SECONDS);
    return new Cell(
        new Outcome(ran[0], ran[1], ran[2], ran[3], ran[4]),
        new Usage(ran[5], ran[6], ran[7]).plus(new Usage(served[0], served[1], served[2])));
  }

  void kill() {
    client.kill();
    server.kill();
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
