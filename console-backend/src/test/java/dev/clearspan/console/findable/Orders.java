package dev.clearspan.console.findable;

import com.sun.management.OperatingSystemMXBean;
import dev.clearspan.rpc.ledger.CallLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a process of a storm is told on its input, a line each, and answers with a line. */
final class Orders {
  static final String RECORDER_ON = "recorder on";
  static final String RECORDER_OFF = "recorder off";

  /** Answered with the bytes in use after a collection. */
  static final String HEAP = "heap";

  /** Answered with the nanoseconds that the process has computed. */
  static final String CPU = "cpu";

  private final Map<String, Supplier<Object>> answers = new HashMap<>();

  /** Switches this ledger, and says how large the heap is. */
  Orders(CallLedger ledger) {
    on(RECORDER_ON, () -> switched(ledger, true));
    on(RECORDER_OFF, () -> switched(ledger, false));
    on(HEAP, Orders::heapInUse);
    on(CPU, ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)::getProcessCpuTime);
  }

  /** One more order. */
  Orders on(String order, Supplier<Object> answer) {
    answers.put(order, answer);
    return this;
  }

  /** Answers until the input ends. */
  void obey() throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(answers.getOrDefault(line, () -> "unknown order").get());
    }
  }

  private static String switched(CallLedger ledger, boolean on) {
    ledger.recording(on);
    return "switched";
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
