package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(SharedConsole.class)
class EventsTest {
  /** What a stream brought, line by line, with the time of arrival. */
  private static final class Listener implements AutoCloseable {
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Stream<String> body;

    record Line(Instant at, String text) {}

    Listener(Client client, String topics) {
      this(client.request("/api/v1/events?topics=" + topics).build());
    }

    Listener(Client client, String topics, String lastEventId) {
      this(
          client
              .request("/api/v1/events?topics=" + topics)
              .header("Last-Event-ID", lastEventId)
              .build());
    }

    private Listener(HttpRequest request) {
      try {
        HttpResponse<Stream<String>> response =
            Client.newHttp().send(request, HttpResponse.BodyHandlers.ofLines());
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
            .startsWith("text/event-stream");
        body = response.body();
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
      Thread reader = new Thread(this::read);
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try {
        body.forEach(line -> lines.add(new Line(Instant.now(), line)));
      } catch (UncheckedIOException e) {
        lines.add(new Line(Instant.now(), "closed"));
      }
    }

    long count(String start) {
      return lines.stream().filter(line -> line.text().startsWith(start)).count();
    }

    boolean has(String part) {
      return lines.stream().anyMatch(line -> line.text().contains(part));
    }

    String lastId() {
      return lines.stream()
          .map(Line::text)
          .filter(text -> text.startsWith("id: "))
          .reduce((earlier, later) -> later)
          .orElseThrow()
          .substring("id: ".length());
    }

    Instant first(String part) {
      return lines.stream()
          .filter(line -> line.text().contains(part))
          .findFirst()
          .orElseThrow()
          .at();
    }

    @Override
    public void close() {
      body.close();
    }
  }

  @Test
  void aStreamStartsWithASnapshot_andBringsWhatIsNewInTheTopologyEverySecond_andAHeartbeat(
      TestConsole console) {
    try (Listener listener = new Listener(console.admin(), "topology,system,breakers")) {
      await()
          .until(
              () ->
                  listener.count("event: topology-patch") >= 3
                      && listener.count("event: heartbeat") >= 1
                      && listener.count("event: system") >= 1
                      && listener.count("event: breakers") >= 1);
      assertThat(
              listener.lines.stream().map(Listener.Line::text).filter(e -> e.startsWith("event: ")))
          .startsWith("event: topology")
          .containsOnlyOnce("event: topology", "event: ready")
          .doesNotContain("event: audit");
      assertThat(listener.count("id: ")).isPositive();
    }
  }

  @Test
  void aChangeIsPushed_withItsAuditRowAndAcknowledgements(TestConsole console) {
    console.process("e1", "i1").serve();
    console.process("e1-caller", "a").call("e1");
    await()
        .until(() -> console.admin().get("/api/v1/services/e1").body().path("callers").size() == 1);
    try (Listener listener = new Listener(console.admin(), "topology,acks,audit")) {
      await().until(() -> listener.count("event: topology") > 0);
      Instant before = Instant.now();
      Client.Answer change =
          console
              .admin()
              .put("/api/v1/services/e1/instances/i1/control", "{'weight':7,'reason':'pushed-e1'}");
      String revision = change.body().get("revision").asText();

      await()
          .until(
              () ->
                  listener.has("pushed-e1")
                      && listener.has("\"override\":7")
                      && listener.has("\"revision\":" + revision + ",\"committedAt\""));
      System.out.printf(
          "pushed %d ms after the request%n",
          Duration.between(before, listener.first("\"override\":7")).toMillis());
      await().until(() -> listener.has("\"state\":\"applied\",\"appliedRevision\":" + revision));
    }
  }

  @Test
  void whoComesBackGoesOnWhereItWas(TestConsole console) {
    console.process("e2", "i1").serve();
    String seen;
    try (Listener listener = new Listener(console.admin(), "topology,audit")) {
      await().until(() -> listener.has("\"service\":\"e2\"") && listener.has("event: ready"));
      seen = listener.lastId();
    }
    Client.Answer change =
        console
            .admin()
            .put("/api/v1/services/e2/instances/i1/control", "{'weight':9,'reason':'missed-e2'}");
    assertThat(change.status()).isEqualTo(200);
    try (Listener again = new Listener(console.admin(), "topology,audit", seen)) {
      await().until(() -> again.has("missed-e2") && again.has("\"override\":9"));
      assertThat(again.count("event: ready")).isZero();
      assertThat(again.lines).noneMatch(line -> line.text().equals("event: topology"));
    }
    try (Listener stranger = new Listener(console.admin(), "topology", "0badc0de-7")) {
      await().until(() -> stranger.count("event: ready") == 1);
    }
  }

  @Test
  void alertsArePushedWithEachRound(TestConsole console) {
    try (Listener listener = new Listener(console.admin(), "alerts")) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> listener.count("event: alerts") >= 2 && listener.has("\"intervalSeconds\":5"));
    }
  }

  @Test
  void aReaderThatGoesAwayIsForgottenQuietly(TestConsole console) {
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    Logger streams = (Logger) LoggerFactory.getLogger("dev.clearspan.console.events");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    root.addAppender(log);
    streams.setLevel(Level.DEBUG);
    try {
      Listener listener = new Listener(console.admin(), "topology");
      await().until(() -> listener.count("event: topology") > 0);
      listener.close();
      await()
          .until(
              () ->
                  log.list.stream()
                      .anyMatch(event -> event.getMessage().startsWith("a listener went away")));
      assertThat(console.admin().get("/api/v1/system").status()).isEqualTo(200);
      assertThat(log.list)
          .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
          .isEmpty();
    } finally {
      streams.setLevel(null);
      root.detachAppender(log);
    }
  }

  @Test
  void strangersAndUnknownTopicsAreRefused(TestConsole console) {
    Client.Answer topics = console.admin().get("/api/v1/events?topics=gossip");
    assertThat(topics.status()).isEqualTo(422);
    assertThat(topics.detail()).contains("topology, acks, breakers, audit, system, alerts");
    assertThat(console.anonymous().get("/api/v1/events").status()).isEqualTo(401);
  }
}
