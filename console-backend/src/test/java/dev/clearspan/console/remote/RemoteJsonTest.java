package dev.clearspan.console.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import dev.clearspan.console.ManualClock;
import java.io.IOException;
import java.lang.Thread.State;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a console makes of servers that answer otherwise than they should. */
class RemoteJsonTest {
  private static final String JSON = "application/json; charset=utf-8";
  private static final int MAX_BYTES = 64 << 10;

  private final CountDownLatch over = new CountDownLatch(1);

  private static RemoteJson asking(URI url, Duration patience) {
    return new RemoteJson(RemoteConfig.of("Jaeger", url).withBounds(patience, MAX_BYTES));
  }

  private String refusal(StandIn.Behaviour behaviour) {
    return refusal(behaviour, Duration.ofSeconds(5));
  }

  /** What is said of the answer; it names who answered, always. */
  private String refusal(StandIn.Behaviour behaviour, Duration patience) {
    try (StandIn server = StandIn.start(behaviour)) {
      AtomicReference<String> said = new AtomicReference<>("");
      assertThatThrownBy(() -> asking(server.url(), patience).get("/api/services", Map.of()))
          .isInstanceOf(RemoteException.class)
          .hasMessageStartingWith("Jaeger at " + server.url() + " ")
          .satisfies(failure -> said.set(String.valueOf(failure.getMessage())));
      over.countDown();
      return String.valueOf(said.get());
    }
  }

  private static StandIn.Behaviour sending(int status, String type, String body) {
    return exchange -> StandIn.send(exchange, status, type, body);
  }

  @Test
  void truncatedJsonIsRefused() {
    for (String body : new String[] {"{\"data\":[{\"a\"", "{\"data\":[]}]", "nonsense"}) {
      assertThat(refusal(sending(200, JSON, body)))
          .contains("cut off", "expected: JSON of its query API", "CLEARSPAN_JAEGER_URL");
    }
  }

  @Test
  void aBodyShorterThanPromisedIsRefused() {
    assertThat(
            refusal(
                exchange -> {
                  exchange.getResponseHeaders().set("Content-Type", JSON);
                  exchange.sendResponseHeaders(200, 1_000);
                  exchange.getResponseBody().write("{\"data\"".getBytes(StandardCharsets.UTF_8));
                  exchange.getResponseBody().flush();
                }))
        .contains("gave no answer", "CLEARSPAN_JAEGER_URL");
  }

  @Test
  void jsonTooDeepIsRefused() {
    assertThat(refusal(sending(200, JSON, "[".repeat(5_000) + "]".repeat(5_000))))
        .contains("deeper than 64 levels");
  }

  @Test
  void anotherContentTypeIsRefused_andSaysWhatCame() {
    assertThat(refusal(sending(200, "text/html", "<html>Sign in\u0007, please</html>")))
        .contains("text/html", "<html>Sign in , please</html>", "CLEARSPAN_JAEGER_URL");
    assertThat(refusal(sending(200, JSON, ""))).contains("expected: JSON");
  }

  @Test
  void anErrorIsToldInItsOwnWords_cutShort() {
    assertThat(refusal(sending(500, "text/plain", "elasticsearch is away" + "!".repeat(5_000))))
        .contains("answered 500: elasticsearch is away")
        .hasSizeLessThan(400);
    assertThat(refusal(sending(404, "text/plain", "404 page not found")))
        .contains("answered 404", "CLEARSPAN_JAEGER_URL");
  }

  @Test
  void aRefusalNamesTheSettingsOfCredentials() {
    assertThat(refusal(sending(401, JSON, "{}")))
        .contains("refuses us (401)", "CLEARSPAN_JAEGER_TOKEN", "CLEARSPAN_JAEGER_USER");
    assertThat(refusal(sending(403, JSON, "{}"))).contains("refuses us (403)");
  }

  @Test
  void aRedirectIsNotFollowed() {
    AtomicInteger asked = new AtomicInteger();
    assertThat(
            refusal(
                exchange -> {
                  asked.incrementAndGet();
                  exchange.getResponseHeaders().set("Location", "/elsewhere");
                  exchange.sendResponseHeaders(302, -1);
                }))
        .contains("redirects elsewhere (302)", "CLEARSPAN_JAEGER_URL");
    assertThat(asked).hasValue(1);
  }

  @Test
  void anEndlessBodyIsGivenUp() {
    assertThat(
            refusal(
                exchange -> {
                  exchange.getResponseHeaders().set("Content-Type", JSON);
                  exchange.sendResponseHeaders(200, 0);
                  byte[] more = "[[[[[[[[".repeat(1_000).getBytes(StandardCharsets.UTF_8);
                  while (over.getCount() > 0) {
                    exchange.getResponseBody().write(more);
                  }
                }))
        .contains("more than 64 KiB", "Ask for less");
  }

  @Test
  void noAnswerAndADrippingOneAreGivenUpInTime() {
    Duration patience = Duration.ofMillis(300);
    assertThat(refusal(exchange -> over.await(), patience))
        .contains("no answer within 300 ms", "CLEARSPAN_JAEGER_SECONDS");
    CountDownLatch dripped = new CountDownLatch(1);
    assertThat(
            refusal(
                exchange -> {
                  drip(exchange);
                  dripped.await();
                },
                patience))
        .contains("no answer within 300 ms");
    dripped.countDown();
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", JSON);
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write('[');
    exchange.getResponseBody().flush();
  }

  @Test
  void whereNobodyListensIsSaid() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    RemoteJson nobody = asking(URI.create("http://127.0.0.1:" + free), Duration.ofSeconds(5));
    assertThatThrownBy(() -> nobody.get("/api/services", Map.of()))
        .hasMessage(
            "Jaeger at http://127.0.0.1:%d cannot be reached. Is it running? Check CLEARSPAN_JAEGER_URL.",
            free);
  }

  @Test
  void onlyJsonSaysThatSomethingIsNotThere() {
    try (StandIn server = StandIn.start(sending(404, JSON, "{\"errors\":[{\"code\":404}]}"))) {
      assertThat(asking(server.url(), Duration.ofSeconds(5)).find("/api/traces/1")).isEmpty();
    }
    try (StandIn server = StandIn.start(sending(404, "text/plain", "404 page not found"))) {
      assertThatThrownBy(() -> asking(server.url(), Duration.ofSeconds(5)).find("/api/traces/1"))
          .hasMessageContaining("answered 404");
    }
  }

  @Test
  void noMoreThanFourAreAskedAtOnce() throws Exception {
    AtomicInteger active = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (StandIn server =
        StandIn.start(
            exchange -> {
              most.accumulateAndGet(active.incrementAndGet(), Math::max);
              over.await();
              active.decrementAndGet();
              StandIn.send(exchange, 200, JSON, "{}");
            })) {
      RemoteJson json = asking(server.url(), Duration.ofSeconds(20));
      List<Thread> askers =
          Stream.generate(() -> new Thread(() -> json.get("/", Map.of()))).limit(9).toList();
      askers.forEach(Thread::start);
      await().until(() -> active.get() == 4);
      await().until(() -> askers.stream().allMatch(it -> it.getState() == State.TIMED_WAITING));
      over.countDown();
      for (Thread asker : askers) {
        asker.join();
      }
      assertThat(most).hasValue(4);
    }
  }

  @Test
  void credentialsAreSentToTheServer() {
    AtomicReference<String> heard = new AtomicReference<>("");
    try (StandIn server =
        StandIn.start(
            exchange -> {
              heard.set(
                  exchange
                      .getRequestHeaders()
                      .getOrDefault("Authorization", List.of("none"))
                      .get(0));
              StandIn.send(exchange, 200, JSON, "{}");
            })) {
      RemoteConfig config = RemoteConfig.of("Jaeger", server.url());
      new RemoteJson(config).get("/", Map.of());
      assertThat(heard.get()).isEqualTo("none");
      new RemoteJson(config.withAuthorization("Bearer secret")).get("/", Map.of());
      assertThat(heard.get()).isEqualTo("Bearer secret");
    }
  }

  @Test
  void whileAProbeFindsItAwayNobodyWaits_andItIsFoundAgain() {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger status = new AtomicInteger(200);
    ManualClock clock = new ManualClock(Instant.parse("2026-05-04T12:00:00Z"));
    try (StandIn server =
        StandIn.start(
            exchange -> {
              asked.incrementAndGet();
              StandIn.send(exchange, status.get(), JSON, "{}");
            })) {
      RemoteJson json = asking(server.url(), Duration.ofSeconds(5));
      RemoteProbe probe = new RemoteProbe(json, "/api/services", Map.of(), clock);
      assertThat(json.state()).isEqualTo(RemoteState.UNKNOWN);
      probe.run();
      probe.run();
      assertThat(asked).as("once in ten seconds").hasValue(1);
      assertThat(json.state()).isEqualTo(new RemoteState(true, "", clock.instant()));

      status.set(503);
      clock.advance(Duration.ofSeconds(10));
      probe.run();
      assertThat(json.state().up()).isFalse();
      assertThat(json.state().detail()).contains("answered 503");
      assertThatThrownBy(() -> json.get("/x", Map.of())).hasMessageContaining("answered 503");
      assertThat(asked).as("it was not asked again").hasValue(2);

      status.set(200);
      clock.advance(Duration.ofSeconds(2));
      probe.run();
      assertThat(json.get("/x", Map.of())).isEmpty();
    }
  }
}
