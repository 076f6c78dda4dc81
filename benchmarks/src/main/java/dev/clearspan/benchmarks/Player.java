package dev.clearspan.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The process of one side of one contestant, told by its standard input what to do:
 *
 * <pre>
 * server CONTESTANT        prints "port N"
 * client CONTESTANT PORT   prints "ready"
 * usage                    prints "usage CPU_NANOS ALLOCATED_BYTES"
 * run IN_FLIGHT NANOS      (client) prints "ran CALLS NANOS ERRORS P50 P99"
 * </pre>
 *
 * It ends when its input does, so it cannot outlive the process that started it.
 */
final class Player {
  private static final int PAYLOAD_BYTES = 1024;

  private Player() {}

  public static void main(String[] args) throws Exception {
    Contestant contestant = Contestant.of(args[1]);
    if (args[0].equals("server")) {
      Echo.Server server = contestant.serve();
      System.out.println("port " + server.port());
      obey(null);
      server.close();
    } else {
      Echo.Client client = contestant.connect(Integer.parseInt(args[2]));
      System.out.println("ready");
      obey(new ClosedLoop(client, PAYLOAD_BYTES));
      client.close();
    }
    System.exit(0); // grpc's and Netty's own loops may linger
  }

  private static void obey(@org.jspecify.annotations.Nullable ClosedLoop load)
      throws IOException, InterruptedException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String order;
    while ((order = orders.readLine()) != null) {
      String[] words = order.split(" ");
      if (words[0].equals("run") && load != null) {
        ClosedLoop.Outcome o = load.run(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        System.out.println(
            "ran %d %d %d %d %d".formatted(o.calls(), o.nanos(), o.errors(), o.p50(), o.p99()));
      } else {
        Usage usage = Usage.now();
        System.out.println("usage " + usage.cpuNanos() + " " + usage.allocatedBytes());
      }
    }
  }
}
