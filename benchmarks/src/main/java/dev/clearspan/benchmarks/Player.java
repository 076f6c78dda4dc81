package dev.clearspan.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The process of one side of one contestant, told by its standard input what to do:
 *
 * <pre>
 * server PEER VARIANT        prints "port N"
 * client PEER VARIANT PORT   prints "ready"
 * telemetry BOOLEAN          what is told of calls goes on or off; prints "done"
 * usage                      prints "usage CPU_NANOS ALLOCATED_BYTES SWITCHES" since the last time
 * run LOAD NANOS             (client) prints "ran CALLS NANOS ERRORS P50 P99" and the usage of the
 *                            run; LOAD is four words
 * </pre>
 *
 * It ends when its input does, in the middle of whatever it does, so it cannot outlive the process
 * that started it.
 */
final class Player {
  private static final int END_SECONDS = 5;

  // Libraries may print: answers go to the standard output that was there before them.
  private final PrintStream answers = System.out;
  private final Usage.Meter meter = new Usage.Meter();
  private final BlockingQueue<String> orders = new LinkedBlockingQueue<>();

  private Player() {}

  public static void main(String[] args) throws Exception {
    Player player = new Player();
    System.setOut(System.err);
    Thread reader = new Thread(player::read, "orders");
    reader.setDaemon(true);
    reader.start();
    Peer peer = (Peer) Class.forName(args[1]).getConstructor().newInstance();
    if (args[0].equals("server")) {
      Echo.Server server = peer.serve(args[2]);
      player.answers.println("port " + server.port());
      player.obey(null, server::telemetry);
    } else {
      Echo.Client client = peer.connect(Integer.parseInt(args[3]), args[2]);
      player.answers.println("ready");
      player.obey(client, client::telemetry);
    }
  }

  private void obey(Echo.@Nullable Client client, Consumer<Boolean> telemetry) throws Exception {
    while (true) {
      String[] words = orders.take().split(" ");
      if (words[0].equals("run") && client != null) {
        run(client, Load.parse(words, 1), Long.parseLong(words[5]));
      } else if (words[0].equals("telemetry")) {
        telemetry.accept(Boolean.valueOf(words[1]));
        answers.println("done");
      } else {
        answers.println("usage " + words(meter.sinceLast()));
      }
    }
  }

  private void run(Echo.Client client, Load load, long nanos) throws Exception {
    Usage unused = meter.sinceLast();
    Outcome seen =
        switch (load.kind()) {
          case ASYNC -> new ClosedLoop(client, load).run(nanos);
          case BLOCKING -> new WaitingCallers(client, load).run(nanos);
          case OPEN -> new OpenLoop(client, load).run(nanos);
        };
    answers.printf(
        "ran %d %d %d %d %d %s%n",
        seen.calls(),
        seen.nanos(),
        seen.errors(),
        seen.p50(),
        seen.p99(),
        words(meter.sinceLast()));
  }

  private static String words(Usage used) {
    return used.cpuNanos() + " " + used.allocatedBytes() + " " + used.switches();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String order;
      while ((order = in.readLine()) != null) {
        orders.add(order);
      }
    } catch (IOException e) {
      System.err.println("orders: " + e);
    }
    endWithin(END_SECONDS);
    System.exit(0);
  }

  /** A library's shutdown hook may wait for ever. */
  private static void endWithin(int seconds) {
    Thread last =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(seconds);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(0);
            },
            "end");
    last.setDaemon(true);
    last.start();
  }
}
