package dev.clearspan.console.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.clearspan.console.MutableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Telling others, over HTTP to a server that does well, fails, sends elsewhere or says nothing. */
class WebhookTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "a-token-of-the-receiver";

  private final MutableClock clock = new MutableClock();
  private final Notifications notifications = new Notifications();
  private final List<JsonNode> bodies = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private volatile int status = 200;
  private volatile boolean silent;
  private Webhook webhook;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          await();
          if (status < 300) {
            bodies.add(JSON.readTree(new String(body, StandardCharsets.UTF_8)));
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
          }
          if (exchange.getRequestURI().getPath().equals("/elsewhere")) {
            authorizations.add("followed");
          }
          exchange.getResponseHeaders().add("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    webhook = webhook(Duration.ofSeconds(5));
  }

  private void await() {
    try {
      if (silent) {
        closing.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private Webhook webhook(Duration patience) {
    URI target = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path");
    return new Webhook(
        new AlertConfig(target, TOKEN, Duration.ofHours(1)),
        notifications,
        () -> "https://console.example.org",
        clock,
        patience);
  }

  private Alert alert(String service) {
    AlertRule rule = BuiltInRules.ALL.get(0);
    TrackedAlert tracked = new TrackedAlert(clock.instant());
    Sample sample = new Sample(AlertTarget.of(service), 31.2, "125 calls in 30 s");
    tracked.step(rule, sample, clock.instant());
    clock.advance(Duration.ofSeconds(60));
    tracked.step(rule, sample, clock.instant());
    return tracked.as(rule, sample.target(), "test");
  }

  private void stand(Alert... alerts) {
    notifications.update(List.of(alerts), clock.instant());
    webhook.run();
  }

  @Test
  void whatFiresIsToldOnce_inAlertmanagersWords_andItsEndToo() {
    Alert orders = alert("orders");
    stand(orders);
    stand(orders);
    assertThat(bodies).hasSize(1);
    JsonNode body = bodies.get(0);
    assertThat(body.properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            "version",
            "groupKey",
            "truncatedAlerts",
            "status",
            "receiver",
            "groupLabels",
            "commonLabels",
            "commonAnnotations",
            "externalURL",
            "alerts");
    assertThat(body.get("version").textValue()).isEqualTo("4");
    assertThat(body.get("status").textValue()).isEqualTo("firing");
    assertThat(body.at("/groupLabels/rule").textValue()).isEqualTo("service-errors");
    JsonNode one = body.at("/alerts/0");
    assertThat(one.get("status").textValue()).isEqualTo("firing");
    assertThat(one.at("/labels/service").textValue()).isEqualTo("orders");
    assertThat(one.at("/annotations/description").textValue()).contains("31.20 percent (>= 10.00)");
    assertThat(one.get("startsAt").textValue()).isEqualTo("2026-01-01T00:01:00Z");
    assertThat(one.get("endsAt").textValue()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(one.get("generatorURL").textValue())
        .isEqualTo("https://console.example.org/alerts?rule=service-errors");
    assertThat(one.get("fingerprint").textValue()).isEqualTo(orders.fingerprint());
    assertThat(authorizations).containsExactly("Bearer " + TOKEN);

    clock.advance(Duration.ofSeconds(30));
    stand();
    assertThat(bodies).hasSize(2);
    assertThat(bodies.get(1).get("status").textValue()).isEqualTo("resolved");
    assertThat(bodies.get(1).at("/alerts/0/endsAt").textValue()).isEqualTo("2026-01-01T00:01:30Z");
    stand();
    assertThat(bodies).hasSize(2);
  }

  @Test
  void whatIsNewOfTheSameRuleIsToldWithWhatFiresStill() {
    Alert orders = alert("orders");
    stand(orders);
    stand(orders, alert("payments"));
    assertThat(bodies.get(1).get("alerts")).hasSize(2);
    assertThat(bodies.get(1).get("commonLabels").has("service")).isFalse();
  }

  @Test
  void whatGoesOnIsToldAgainAfterTheInterval() {
    Alert orders = alert("orders");
    stand(orders);
    clock.advance(Duration.ofMinutes(59));
    stand(orders);
    assertThat(bodies).hasSize(1);
    clock.advance(Duration.ofMinutes(1));
    stand(orders);
    assertThat(bodies).hasSize(2);
  }

  @Test
  void whatIsSilencedIsNotTold_norItsEndUnlessItsBeginningWas() {
    stand(alert("orders").silencedBy("s1"));
    stand();
    assertThat(bodies).isEmpty();

    Alert payments = alert("payments");
    stand(payments);
    stand(payments.silencedBy("s2"));
    assertThat(bodies).hasSize(1);
    stand();
    assertThat(bodies.get(1).get("status").textValue()).isEqualTo("resolved");
  }

  @Test
  void aFailureIsTriedAgain_everLater_andTellsWhatHoldsByThen() {
    status = 500;
    Alert orders = alert("orders");
    stand(orders);
    assertThat(webhook.state().lastError()).contains("500").contains("expected: 2xx");
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      pauses.add(Duration.between(clock.instant(), webhook.state().nextTry()).toSeconds());
      webhook.run();
      assertThat(webhook.state().failed()).as("not before its time").isEqualTo(i + 1);
      clock.advance(Duration.ofSeconds(pauses.get(i)));
      webhook.run();
    }
    assertThat(pauses).startsWith(1L, 2L, 4L, 8L).isSorted().endsWith(300L);
    assertThat(webhook.state().waiting()).isEqualTo(1);

    status = 200;
    notifications.update(List.of(alert("payments")), clock.instant());
    clock.advance(Duration.ofMinutes(5));
    webhook.run();
    assertThat(bodies).hasSize(1);
    assertThat(bodies.get(0).get("alerts")).hasSize(1);
    assertThat(bodies.get(0).at("/alerts/0/labels/service").textValue()).isEqualTo("payments");
    WebhookState state = webhook.state();
    assertThat(state.failures()).isZero();
    assertThat(state.delivered()).isEqualTo(1);
    assertThat(state.waiting()).isZero();
    assertThat(state.nextTry()).isNull();
  }

  @Test
  void aRedirectIsNotFollowed() {
    status = 302;
    stand(alert("orders"));
    assertThat(webhook.state().lastError()).contains("302").contains("not followed");
    assertThat(authorizations).isEmpty();
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedFor() {
    silent = true;
    webhook = webhook(Duration.ofMillis(200));
    stand(alert("orders"));
    assertThat(webhook.state().lastError()).contains("no answer within 200 ms");
  }

  @Test
  void whoIsNotThereIsSaid() {
    server.stop(0);
    stand(alert("orders"));
    assertThat(webhook.state().lastError()).contains("ConnectException");
    assertThat(webhook.state().failures()).isEqualTo(1);
  }

  @Test
  void itsPathIsNotShown() {
    assertThat(webhook.state().target()).startsWith("http://127.0.0.1:").doesNotContain("secret");
  }

  @Test
  void aGroupIsCutAtAHundredAlerts_andSaysSo() {
    Alert[] many = new Alert[130];
    for (int i = 0; i < many.length; i++) {
      many[i] = alert("s" + i);
    }
    stand(many);
    assertThat(bodies.get(0).get("alerts")).hasSize(100);
    assertThat(bodies.get(0).get("truncatedAlerts").intValue()).isEqualTo(30);
    stand(many);
    assertThat(bodies).hasSize(1);
  }

  @Test
  void settingsThatAreNoneAreRefused_withoutShowingSecrets() {
    assertRefused(Map.of("CLEARSPAN_ALERT_WEBHOOK", "file:///etc/passwd"), "no such URL");
    assertRefused(Map.of("CLEARSPAN_ALERT_WEBHOOK", "https://a:b@c/d"), "no user");
    assertRefused(Map.of("CLEARSPAN_ALERT_WEBHOOK", "https://h/ secret"), "no URL");
    assertRefused(Map.of("CLEARSPAN_ALERT_WEBHOOK_TOKEN", "two words"), "visible ASCII");
    assertRefused(Map.of("CLEARSPAN_ALERT_REPEAT_MINUTES", "0"), "1 to 10080");
    AlertConfig set = AlertConfig.from(Map.of("CLEARSPAN_ALERT_WEBHOOK", "https://h/secret"));
    assertThat(set.toString()).doesNotContain("secret");
  }

  private static void assertRefused(Map<String, String> settings, String why) {
    try {
      AlertConfig.from(settings);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(why);
      assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("two words");
      return;
    }
    throw new AssertionError(settings + " is taken");
  }
}
