package dev.clearspan.console.findable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.Client;
import dev.clearspan.console.TestConsole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call fails, as many as the machine can make. */
@Tag("full")
class FailureStormIT {
  private static final int STORM_SECONDS = 60;
  private static final int BETWEEN_LOOKS_SECONDS = 10;
  private static final int CELLS = 30;
  private static final double CELL_SECONDS = 2;
  private static final double LEAST_THROUGHPUT = 0.9;

  /** What a collection leaves differs by this much from one to the next. */
  private static final double FLAT = 1.1;

  private static final int ASKERS = 4;
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(15);
  private static final String FOUND = "found";
  private static final String SHED = "SHED";

  @TempDir Path snapshots;

  @Test
  void theHeapIsFlatAndEachFailureIsFoundOrWasShed() throws Exception {
    try (TestConsole console = TestConsole.start();
        Chain processes = new Chain(1, console, snapshots)) {
      Told server = server(processes, console.admin());
      Told caller = new Told(processes.launch(StormCaller.class));
      pause(BETWEEN_LOOKS_SECONDS); // until all code is compiled
      String unused = caller.tell(StormCaller.TRACE_IDS);
      long before = caller.number(StormCaller.COUNT);
      List<Long> ofServer = new ArrayList<>();
      List<Long> ofCaller = new ArrayList<>();
      for (int second = 0; second <= STORM_SECONDS; second += BETWEEN_LOOKS_SECONDS) {
        ofServer.add(server.number(Orders.HEAP) / 1024);
        ofCaller.add(caller.number(Orders.HEAP) / 1024);
        pause(BETWEEN_LOOKS_SECONDS);
      }
      long failures = caller.number(StormCaller.COUNT) - before;
      String[] traceIds = caller.tell(StormCaller.TRACE_IDS).trim().split(" ");
      caller.tell(Orders.RECORDER_OFF);
      server.tell(Orders.RECORDER_OFF);
      Map<String, Integer> answers = ask(console.admin(), traceIds);

      System.out.printf(
          "%d failures; asked for one in %d: %s%n", failures, StormCaller.NOTED, answers);
      System.out.printf("heap, KiB: server %s, caller %s%n", ofServer, ofCaller);
      System.out.println(console.admin().get("/api/v1/recorders").text());
      assertThat(answers.keySet()).isSubsetOf(FOUND, SHED);
      assertThat(answers).containsKeys(FOUND, SHED);
      assertThat(last(ofServer)).isLessThan((long) (ofServer.get(0) * FLAT));
      assertThat(last(ofCaller)).isLessThan((long) (ofCaller.get(0) * FLAT));
    }
  }

  @Test
  void withTheRecorderOnNineTenthsOfTheCallsAreMadeWithTheSameWork() throws Exception {
    try (TestConsole console = TestConsole.start();
        Chain processes = new Chain(1, console, snapshots)) {
      Told server = server(processes, console.admin());
      Told caller = new Told(processes.launch(StormCaller.class));
      pause(2 * BETWEEN_LOOKS_SECONDS); // until all code is compiled
      List<Cell> on = new ArrayList<>();
      List<Cell> off = new ArrayList<>();
      for (int cell = 0; cell < CELLS; cell++) {
        boolean recorder = cell % 4 == 0 || cell % 4 == 3; // on, off, off, on
        (recorder ? on : off).add(cell(server, caller, recorder));
      }
      System.out.println(console.admin().get("/api/v1/recorders").text());
      System.out.printf(
          "recorder on / off: %.3f of the calls a second, %.3f of the calls a second of CPU%n",
          median(on, Cell::perSecond) / median(off, Cell::perSecond),
          median(on, Cell::perCpuSecond) / median(off, Cell::perCpuSecond));
      assertThat(median(on, Cell::perCpuSecond))
          .isGreaterThanOrEqualTo(LEAST_THROUGHPUT * median(off, Cell::perCpuSecond));
    }
  }

  /**
   * Calls that ended in a stretch of time.
   *
   * @param cpuSeconds computed by caller and server, whatever else the machine does, such as
   *     storing what they export
   */
  private record Cell(long calls, double seconds, double cpuSeconds) {
    double perSecond() {
      return calls / seconds;
    }

    double perCpuSecond() {
      return calls / cpuSeconds;
    }
  }

  /** With its callers' breaker off, which would keep nearly all calls from it. */
  private static Told server(Chain processes, Client admin) {
    Told server = new Told(processes.launch(StormServer.class));
    assertThat(server.line()).startsWith("port");
    String path = "/api/v1/services/" + Relay.service(1) + "/policy";
    await().until(() -> admin.get(path).status() == 200);
    Client.Answer set =
        admin.ifMatch(0).put(path + "?reason=storm", "{'service':{'breaker':{'enabled':false}}}");
    assertThat(set.status()).as(set.text()).isEqualTo(200);
    return server;
  }

  private static Cell cell(Told server, Told caller, boolean recorder) throws Exception {
    String order = recorder ? Orders.RECORDER_ON : Orders.RECORDER_OFF;
    server.tell(order);
    caller.tell(order);
    long cpu = server.number(Orders.CPU) + caller.number(Orders.CPU);
    long calls = caller.number(StormCaller.COUNT);
    long begin = System.nanoTime();
    pause(CELL_SECONDS);
    Cell cell =
        new Cell(
            caller.number(StormCaller.COUNT) - calls,
            (System.nanoTime() - begin) / 1e9,
            (server.number(Orders.CPU) + caller.number(Orders.CPU) - cpu) / 1e9);
    System.out.printf(
        "%s: %.0f calls/s, %.0f calls/s of CPU%n", order, cell.perSecond(), cell.perCpuSecond());
    return cell;
  }

  private static double median(List<Cell> cells, ToDoubleFunction<Cell> figure) {
    return cells.stream().mapToDouble(figure).sorted().toArray()[cells.size() / 2];
  }

  /** How often each answer was given. */
  private static Map<String, Integer> ask(Client admin, String[] traceIds) throws Exception {
    ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (String traceId : traceIds) {
        answers.add(askers.submit(() -> answer(admin, traceId)));
      }
      Map<String, Integer> count = new TreeMap<>();
      for (Future<String> answer : answers) {
        count.merge(answer.get(), 1, Integer::sum);
      }
      return count;
    } finally {
      askers.shutdownNow();
    }
  }

  /** {@link #FOUND}, or the reason that the console names, once nothing can be on its way. */
  private static String answer(Client admin, String traceId) throws Exception {
    long until = System.nanoTime() + ON_ITS_WAY.toNanos();
    while (true) {
      Client.Answer answer = admin.get("/api/v1/traces/" + traceId);
      JsonNode why = answer.body().at("/absence/cause");
      if (answer.status() == 200) {
        return FOUND;
      }
      if (why.asText().equals(SHED)) {
        return SHED;
      }
      if (System.nanoTime() > until) {
        return why.asText() + " " + traceId;
      }
      pause(1);
    }
  }

  private static long last(List<Long> values) {
    return values.get(values.size() - 1);
  }

  private static void pause(double seconds) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep((long) (seconds * 1000)); // the storm goes on meanwhile
  }
}
