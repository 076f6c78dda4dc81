package dev.clearspan.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.tracing.testing.CollectedSpan;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The OpenTelemetry Java agent in the same process, with one set of settings for both. */
@Tag("full")
final class JavaAgentTest {
  private static final String AGENT = "opentelemetry-javaagent";
  private static final String GO = "go";
  private static final List<String> OURS =
      List.of("CLIENT shop/orders", "SERVER shop/orders", "CLIENT shop/stock", "SERVER shop/stock");

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @Test
  void spansOfBothAreInOneTraceAndNoneIsDoubled() throws Exception {
    String traceId = traceIds("1", GO).get(0);
    List<CollectedSpan> all = collector.takeAllSpans();

    assertThat(all).extracting(CollectedSpan::traceId).containsOnly(traceId);
    assertThat(all).extracting(CollectedSpan::spanId).doesNotHaveDuplicates();
    List<CollectedSpan> calls = all.stream().filter(JavaAgentTest::isCall).toList();
    assertThat(calls).extracting(JavaAgentTest::words).containsExactlyInAnyOrderElementsOf(OURS);
    CollectedSpan pricing = only(all, "INTERNAL pricing");
    assertThat(pricing.parentSpanId()).isEqualTo(only(all, "SERVER shop/orders").spanId());
    assertThat(only(all, "CLIENT GET").parentSpanId()).isEqualTo(pricing.spanId());
    assertThat(only(all, "CLIENT shop/stock").parentSpanId())
        .isEqualTo(only(all, "SERVER shop/orders").spanId());
  }

  /** Else the agent, which watches Netty's HTTP codec, makes a SERVER span beside ours. */
  @Test
  void aRequestOverHttpIsServedOnce_whereTheAgentLeavesNettyToUs() throws Exception {
    String traceId = traceIds("1", ShopWithAgent.WEB).get(0);
    List<CollectedSpan> all = collector.takeAllSpans();

    assertThat(all).extracting(CollectedSpan::traceId).containsOnly(traceId);
    assertThat(all).extracting(JavaAgentTest::words).doesNotContain("SERVER POST");
    assertThat(only(all, "SERVER shop/orders").parentSpanId())
        .isEqualTo(only(all, "CLIENT POST").spanId());
  }

  @Test
  void ofATraceThatIsKeptForItsFailureTheAgentsSpansAreMissing() throws Exception {
    List<String> traceIds = traceIds("0", GO, ShopWithAgent.FAIL);
    List<CollectedSpan> all = collector.takeAllSpans();

    assertThat(all).extracting(CollectedSpan::traceId).containsOnly(traceIds.get(1));
    assertThat(all).extracting(JavaAgentTest::words).containsExactlyInAnyOrderElementsOf(OURS);
  }

  /** The trace ids of these orders; returns when the process has ended and sent what it had. */
  private List<String> traceIds(String headRate, String... orders) throws Exception {
    Process process = start(headRate, orders);
    List<String> traceIds = new ArrayList<>();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String order : orders) {
        String line = String.valueOf(said.readLine());
        assertThat(line).matches(order + " [0-9a-f]{32}");
        traceIds.add(line.substring(order.length() + 1));
      }
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return traceIds;
  }

  private Process start(String headRate, String... orders) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(
        "-javaagent:" + classPath().filter(JavaAgentTest::isAgent).findFirst().orElseThrow());
    command.add("-cp");
    command.add(
        classPath()
            .filter(entry -> !isAgent(entry) && !entry.contains("logback"))
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(ShopWithAgent.class.getName());
    command.addAll(List.of(orders));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_TRACES_SAMPLER", "parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG", headRate,
                "OTEL_METRICS_EXPORTER", "none",
                "OTEL_LOGS_EXPORTER", "none",
                "OTEL_INSTRUMENTATION_NETTY_ENABLED", "false",
                "OTEL_SERVICE_NAME", "shop"));
    return builder.start();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private static boolean isAgent(String entry) {
    return Path.of(entry).getFileName().toString().startsWith(AGENT);
  }

  private static boolean isCall(CollectedSpan span) {
    return span.attributes().containsKey("rpc.method");
  }

  private static CollectedSpan only(List<CollectedSpan> spans, String words) {
    List<CollectedSpan> found = spans.stream().filter(span -> words(span).equals(words)).toList();
    assertThat(found).as(words).hasSize(1);
    return found.get(0);
  }

  private static String words(CollectedSpan span) {
    return span.kind() + " " + span.name();
  }
}
