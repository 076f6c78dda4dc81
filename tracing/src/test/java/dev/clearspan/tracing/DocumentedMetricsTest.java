package dev.clearspan.tracing;

import static dev.clearspan.tracing.Shop.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.tracing.testing.CollectorFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real server and a real channel show is known by name, described and documented. */
final class DocumentedMetricsTest {
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE ((rpc|clearspan)_\\w+) ");

  @RegisterExtension final CollectorFixture collector = new CollectorFixture();

  @Test
  void everyMetricOfARealProcessIsDescribedAndDocumented() throws Exception {
    TracingLedger ledger = Shop.ledger(collector, "orders", "OTEL_SDK_DISABLED", "true");
    String page;
    try (RpcServer server = server(ledger);
        RpcChannel channel =
            RpcChannel.builder("orders")
                .target("127.0.0.1", server.port())
                .ledger(ledger)
                .build()) {
      assertThat(channel.call(PLACE, new byte[] {7}, CallOptions.DEFAULT)).containsExactly(7);
      page = new String(ledger.metricsPage(null).body(), StandardCharsets.UTF_8);
    }
    String document = Files.readString(Path.of("../docs/telemetry.md"));
    Set<String> families =
        FAMILY
            .matcher(page)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(families)
        .hasSizeGreaterThan(20)
        .allSatisfy(family -> assertThat(page).containsPattern("# HELP " + family + " \\w"))
        .allSatisfy(family -> assertThat(document).contains("`" + family));
  }

  private static RpcServer server(TracingLedger ledger) {
    return RpcServer.builder("orders")
        .ledger(ledger)
        .service(
            () ->
                new ServiceDefinition(
                    "shop.Orders", List.of(BoundMethod.unary(PLACE, order -> order)), null))
        .start();
  }
}
