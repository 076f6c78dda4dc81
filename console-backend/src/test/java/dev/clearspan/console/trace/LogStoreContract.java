package dev.clearspan.console.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} does. */
abstract class LogStoreContract<S extends LogStore & AutoCloseable> {
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final TraceId ID = new TraceId(0x1111222233334444L, 7);
  private static final TraceId OTHER = new TraceId(0x1111222233334445L, 7);

  private S store;

  /** An empty store whose clock is near {@link #NOON}. */
  abstract S open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() throws Exception {
    store.close();
  }

  @Test
  void linesOfATraceComeByTime_withWhatTheyTell() {
    store.appendLogs(
        List.of(
            Logs.from("payments", Logs.line(ID, 4, NOON.plusMillis(9), "ERROR", "no funds"))
                .build(),
            Logs.from(
                    "orders",
                    Logs.line(ID, 2, NOON.plusMillis(3), "INFO2", "placing")
                        .addAttributes(Spans.attribute("order", "17")),
                    Logs.line(OTHER, 2, NOON, "INFO", "of another trace"))
                .build()));
    store.appendLogs(
        List.of(
            Logs.from("orders", Logs.line(ID, 2, NOON.plusMillis(5), "WARN", "slow").clearSpanId())
                .build()));

    TraceLogs found = store.logs(ID, 100);

    assertThat(found.total()).isEqualTo(3);
    assertThat(found.partial()).isFalse();
    assertThat(found.logs())
        .extracting(LogLine::body)
        .containsExactly("placing", "slow", "no funds");
    LogLine first = found.logs().get(0);
    assertThat(first.at()).isEqualTo(NOON.plusMillis(3));
    assertThat(first.spanId()).isEqualTo("0000000000000002");
    assertThat(first.service()).isEqualTo("orders");
    assertThat(first.instance()).isEqualTo("orders-1");
    assertThat(first.logger()).isEqualTo("shop.Orders");
    assertThat(first.severity()).isEqualTo("INFO");
    assertThat(first.severityText()).isEqualTo("INFO2");
    assertThat(first.attributes()).containsEntry("order", "17");
    assertThat(found.logs().get(1).spanId()).isNull();
    assertThat(found.logs().get(2).severity()).isEqualTo("ERROR");
  }

  @Test
  void theEarliestAreGivenWhenThereAreMore_andNoneOfAnUnknownTrace() {
    for (int i = 9; i >= 0; i--) {
      store.appendLogs(
          List.of(
              Logs.from("orders", Logs.line(ID, 2, NOON.plusMillis(i), "INFO", "" + i)).build()));
    }
    TraceLogs some = store.logs(ID, 3);
    assertThat(some.total()).isEqualTo(10);
    assertThat(some.logs()).extracting(LogLine::body).containsExactly("0", "1", "2");
    assertThat(store.logs(OTHER, 3).logs()).isEmpty();
  }

  @Test
  void timesAndBodiesThatSourcesLeaveOutOrInvent() {
    store.appendLogs(
        List.of(
            Logs.from(
                    "orders",
                    Logs.line(ID, 2, NOON, "UNSPECIFIED", "")
                        .clearTimeUnixNano()
                        .setObservedTimeUnixNano(1_000_000_000L)
                        .clearBody(),
                    Logs.line(ID, 2, NOON, "INFO", "x")
                        .setTimeUnixNano(-1)
                        .setSeverityNumberValue(99)
                        .setBody(AnyValue.newBuilder().setIntValue(5)))
                .build()));
    List<LogLine> lines = store.logs(ID, 10).logs();
    assertThat(lines)
        .extracting(LogLine::at)
        .containsExactly(Instant.EPOCH, Instant.ofEpochSecond(1));
    assertThat(lines).extracting(LogLine::severity).containsExactly("", "");
    assertThat(lines).extracting(LogLine::body).containsExactly("5", "");
  }
}
