package dev.clearspan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench of telemetry runs from end to end, and its figures are what they are called. */
class TelemetryBenchTest {
  @Test
  void aQuickRunSwitchesOnePairAndWritesItsTable(@TempDir Path folder) throws Exception {
    TelemetryOptions options =
        TelemetryOptions.parse(
            new String[] {
              "--quick", "--cases", "loop-recorder", "--seconds", "0.2", "--out", folder.toString()
            });

    TelemetryReport report = TelemetryBench.measure(options);
    Path page = report.write(folder);

    assertThat(report.failures()).isEmpty();
    assertThat(Files.readString(page)).contains("| `loop-recorder` | ").contains("<= +0.5 us");
    assertThat(folder.resolve(page.getFileName().toString().replace(".md", ".json")))
        .content()
        .contains("\"differenceHalf95\": ");
  }

  @Test
  void everyOtherWayOfTellingAnswers() throws Exception {
    for (TelemetryCase each : List.of(TelemetryCase.LOOP_SDK, TelemetryCase.DEFAULT_GRPC)) {
      try (CountingSink sink = new CountingSink()) {
        System.setProperty(PlainSdk.ENDPOINT, sink.endpoint());
        Duo duo = each.telling(sink.endpoint());
        Peer peer = (Peer) Class.forName(duo.server().peer).getConstructor().newInstance();
        try (Echo.Server server = peer.serve(duo.serverVariant());
            Echo.Client client = peer.connect(server.port(), duo.clientVariant())) {
          Outcome seen = new OpenLoop(client, Load.open(500)).run(200_000_000);

          assertThat(seen.errors()).isZero();
          assertThat(seen.calls()).isEqualTo(100);
        }
      } finally {
        System.clearProperty(PlainSdk.ENDPOINT);
      }
    }
  }

  @Test
  void spansOfTheSdkArriveAtTheSink() throws Exception {
    try (CountingSink sink = new CountingSink()) {
      System.setProperty(PlainSdk.ENDPOINT, sink.endpoint());
      var sdk = PlainSdk.open("test");
      for (int i = 0; i < 7; i++) {
        sdk.getTracer("test").spanBuilder("span").startSpan().end();
      }
      sdk.close();

      assertThat(sink.spans()).isEqualTo(7);
    } finally {
      System.clearProperty(PlainSdk.ENDPOINT);
    }
  }

  @Test
  void differencesAreOfNeighboursWithStudentsInterval() {
    Difference difference =
        Difference.of(List.of(10.0, 12.0, 11.0, 13.0), List.of(11.0, 13.5, 11.5, 14.0));

    assertThat(difference.mean()).isEqualTo(1);
    assertThat(difference.base()).isEqualTo(11.5);
    assertThat(difference.half()).isCloseTo(3.182 * 0.4082 / 2, within(0.01));
  }

  @Test
  void badOptionsAreNamed() {
    assertThatThrownBy(() -> parse("--cells", "5"))
        .hasMessage("--cells: 5 (expected: an even number from 4 to 200)");
    assertThatThrownBy(() -> parse("--cases", "x"))
        .hasMessageContaining("case: x (expected: loop-");
    assertThat(parse("--cells", "34").cells()).isEqualTo(34);
    assertThat(TelemetryOptions.HELP).contains(TelemetryCase.OPEN_GRPC.label());
  }

  private static TelemetryOptions parse(String... arguments) {
    return TelemetryOptions.parse(arguments);
  }
}
