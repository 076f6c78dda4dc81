package dev.clearspan.ctl.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.ctl.Ctl;
import dev.clearspan.ctl.console.Call;
import dev.clearspan.ctl.console.Console;
import dev.clearspan.ctl.console.Operation;
import dev.clearspan.ctl.output.Table;
import dev.clearspan.ctl.output.Words;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Whether all processes that a change concerns have applied it. */
final class Applied {
  private static final long ASK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Applied() {}

  /** Prints a change, and how to see who has applied it. */
  static void show(Ctl ctl, JsonNode change) {
    ctl.show(
        change,
        done ->
            "revision "
                + done.path("revision").asText()
                + " of "
                + done.path("service").asText()
                + System.lineSeparator());
    ctl.say(
        "See who has applied it: clearspan ctl acks "
            + change.path("service").asText()
            + " --wait");
  }

  /** Waits until all have applied it, or the time is over; the last answer. */
  static JsonNode await(Console console, Call acks, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    JsonNode answer = console.get(acks);
    while (!answer.path("complete").asBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(ASK_EVERY_NANOS);
      answer = console.get(acks);
    }
    return answer;
  }

  /** The acknowledgements of a revision. */
  static Call acks(String service, @Nullable Long revision) {
    return Call.of(Operation.GET_SERVICE_ACKS).with("service", service).query("revision", revision);
  }

  static String table(JsonNode acks) {
    Table table = new Table("SERVICE", "ROLE", "PROCESS", "STATE", "AFTER", "DETAIL");
    for (JsonNode process : acks.path("processes")) {
      table.row(
          Words.text(process.path("service")),
          Words.text(process.path("role")),
          Words.text(process.path("processId")),
          Words.text(process.path("state")),
          Words.millis(process.path("millis")),
          Words.text(process.path("detail")));
    }
    return acks.path("applied").asText()
        + " of "
        + acks.path("total").asText()
        + " processes on revision "
        + acks.path("revision").asText()
        + ", slowest "
        + Words.millis(acks.path("slowestMillis"))
        + System.lineSeparator()
        + table;
  }
}
