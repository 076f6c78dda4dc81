package dev.clearspan.benchmarks.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeRunTest {
  @Test
  void exportsAreThePartsOfTracesThatTheirNumberSays() throws Exception {
    ShopTraces traces = new ShopTraces();
    for (int service = 0; service < ShopTraces.SERVICES; service++) {
      List<Span> spans =
          ExportTraceServiceRequest.parseFrom(traces.export(ShopTraces.SERVICES + service))
              .getResourceSpans(0)
              .getScopeSpans(0)
              .getSpansList();
      assertThat(spans).hasSize(ShopTraces.SPANS_PER_EXPORT);
      assertThat(HexFormat.of().formatHex(spans.get(2).getTraceId().toByteArray()))
          .isEqualTo(ShopTraces.id(ShopTraces.TRACES_PER_EXPORT + 1));
    }
  }

  @Test
  void aShortRunStoresAllItSendsAndFindsIt(@TempDir Path directory) throws Exception {
    IntakeFigures figures =
        new IntakeRun(new IntakeOptions(1, 20_000, 20), System.out).run(directory);
    assertThat(figures.nothingLost()).isTrue();
    assertThat(figures.stored()).isGreaterThanOrEqualTo(20_000);
    assertThat(figures.spansPerSecond()).isPositive();
    assertThat(figures.rawSpansPerSecond()).isPositive();
    assertThat(figures.markdown()).contains("| trace by id, p99 | ");
  }

  @Test
  void aWrongOptionIsNamed() {
    assertThatThrownBy(() -> IntakeOptions.parse("--seconds", "0"))
        .hasMessage("--seconds: \"0\" (expected: a whole number from 1 to 3600)");
    assertThatThrownBy(() -> IntakeOptions.parse("--fast", "1")).hasMessageContaining("--fast");
  }
}
