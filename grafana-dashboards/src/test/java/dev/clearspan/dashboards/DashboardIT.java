package dev.clearspan.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.clearspan.rpc.RpcServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of the dashboard, answered by a real Prometheus that scraped real instances under
 * load, equals what the caller and the handlers counted by themselves.
 *
 * <p>To be exact although {@code rate} extrapolates: each query looks at precisely the time between
 * two scrapes of one instance, one after the warm-up and one after the load.
 */
final class DashboardIT {
  private static final Pattern VARIABLE = Pattern.compile("label_values\\((.*), (\\w+)\\)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> queries = new LinkedHashMap<>();
  private LoadedShop shop;
  private HttpServer console;
  private PrometheusServer prometheus;
  @TempDir Path folder;

  private record Target(String job, String instance) {}

  /** A scrape, and the page as we read it ourselves while nothing moved. */
  private record Moment(long millis, String page) {}

  @BeforeEach
  void startEverything() throws IOException {
    shop = new LoadedShop();
    console = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 8);
    console.createContext(
        "/targets",
        exchange -> {
          byte[] body = serviceDiscovery().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    console.start();
    prometheus =
        PrometheusServer.start(
            folder, "http://127.0.0.1:" + console.getAddress().getPort() + "/targets");
    readQueries();
  }

  @AfterEach
  void stopEverything() throws InterruptedException {
    prometheus.close();
    console.stop(0);
    shop.close();
  }

  @Test
  void everyQueryEqualsTheCountsOfCallerAndHandlers() throws Exception {
    shop.warmUp();
    Tally before = shop.tally.copy();
    Map<Target, Moment> first = nextScrapes();
    shop.load();
    shop.hold();
    Tally counted = shop.tally.copy().since(before);
    Map<Target, Moment> last = nextScrapes();

    assertThat(counted.sum(key -> key.where().equals("made"))).isGreaterThan(1_000);
    int compared = 0;
    for (Target target : targets()) {
      compared +=
          compare(
              target,
              counted,
              Objects.requireNonNull(first.get(target)),
              Objects.requireNonNull(last.get(target)));
    }
    assertThat(compared).as("series compared").isGreaterThan(80);
    checkVariables();
  }

  private int compare(Target target, Tally counted, Moment first, Moment last) {
    long millis = last.millis() - first.millis();
    Expectations expected =
        new Expectations(
            target.job(), target.instance(), counted, millis / 1_000.0, first.page(), last.page());
    if (target.job().equals("storefront")) {
      expected.expectOfClient(shop.orders.stream().map(LoadedShop::instance).toList());
    } else {
      expected.expectOfServer();
    }
    assertThat(queries.keySet()).containsAll(expected.queries());
    int compared = 0;
    for (Map.Entry<String, String> query : queries.entrySet()) {
      String expr = bound(query.getValue(), target, millis);
      compare(
          query.getKey() + " of " + target + ": " + expr,
          prometheus.queryAt(expr, last.millis()),
          expected.of(query.getKey()));
      compared += expected.of(query.getKey()).size();
    }
    return compared;
  }

  private static void compare(
      String what,
      Map<Map<String, String>, Double> actual,
      Map<Map<String, String>, Double> wanted) {
    assertThat(actual.keySet()).as(what).isEqualTo(wanted.keySet());
    wanted.forEach(
        (labels, value) -> {
          if (value.isNaN()) {
            assertThat(actual.get(labels)).as("%s %s", what, labels).isNaN();
          } else {
            assertThat(actual.get(labels))
                .as("%s %s", what, labels)
                .isCloseTo(value, within(1e-9 * Math.max(1, value)));
          }
        });
  }

  /** Each variable offers what there is to choose. */
  private void checkVariables() throws IOException {
    Map<String, List<String>> offered = new HashMap<>();
    for (JsonNode variable : dashboard().at("/templating/list")) {
      Matcher query = VARIABLE.matcher(variable.path("definition").asText());
      if (query.matches()) {
        String selector = query.group(1).replaceAll("\\$\\w+", ".*");
        offered.put(
            variable.get("name").asText(),
            prometheus
                .query("count by (" + query.group(2) + ") (" + selector + ")")
                .keySet()
                .stream()
                .map(labels -> labels.get(query.group(2)))
                .sorted()
                .toList());
      }
    }
    assertThat(offered.get("job")).containsExactly("orders", "storefront");
    assertThat(offered.get("instance")).hasSize(3);
    assertThat(offered.get("service")).containsExactly("orders", "storefront");
    assertThat(offered.get("method")).containsAll(Expectations.METHODS);
  }

  private String bound(String expr, Target target, long millis) {
    return expr.replace("$__rate_interval", millis + "ms")
        .replace("$job", target.job())
        .replace("$instance", target.instance().replace(".", "\\\\."))
        .replace("$service", "orders")
        .replace("$method", String.join("|", Expectations.METHODS));
  }

  /** Waits until every target was scraped after now; says when, and what its page says now. */
  private Map<Target, Moment> nextScrapes() throws IOException, InterruptedException {
    long now = System.currentTimeMillis() + 10;
    Map<Target, Moment> moments = new HashMap<>();
    for (Target target : targets()) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> prometheus.scrapedAtMillis(target.job(), target.instance()) > now);
      moments.put(
          target,
          new Moment(prometheus.scrapedAtMillis(target.job(), target.instance()), page(target)));
    }
    return moments;
  }

  private String page(Target target) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + target.instance() + "/metrics")).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private List<Target> targets() {
    return Stream.concat(shop.orders.stream(), Stream.of(shop.storefront))
        .map(DashboardIT::target)
        .toList();
  }

  private static Target target(RpcServer server) {
    return new Target(server.identity().service(), LoadedShop.instance(server));
  }

  /** As the console writes it. */
  private String serviceDiscovery() {
    return targets().stream()
        .map(
            target ->
                """
                {"targets": ["%2$s"], "labels": {"job": "%1$s", "instance": "%2$s",
                "clearspan_service": "%1$s", "clearspan_zone": ""}}"""
                    .formatted(target.job(), target.instance()))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void readQueries() throws IOException {
    for (JsonNode panel : dashboard().get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.put(
            panel.get("title").asText() + " " + target.get("refId").asText(),
            target.get("expr").asText());
      }
    }
  }

  private static JsonNode dashboard() throws IOException {
    return new ObjectMapper().readTree(Path.of("dashboards/service.json").toFile());
  }
}
