package dev.clearspan.console.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.identity.ActiveSession;
import dev.clearspan.console.web.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Grafana how it is: every five seconds while it is well, every second while it is not, so
 * that a page waits for it in vain once at most. Thread-safe; {@link #run} is for one thread.
 */
final class HealthProbe implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);
  private static final Duration WHILE_UP = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMillis(1_500);
  private static final int MAX_VERSION = 40;

  private final Upstream upstream;
  private final HttpClient client;
  private final IdentityToken identity;
  private final Clock clock;
  private volatile Finding finding = new Finding(true, "", null, null);

  /** Whom Grafana did not believe us to be; null: nobody. */
  private volatile @Nullable ActiveSession refused;

  /** What was found; {@code at} is null before the first time. */
  record Finding(boolean up, String detail, @Nullable String version, @Nullable Instant at) {}

  HealthProbe(Upstream upstream, HttpClient client, IdentityToken identity, Clock clock) {
    this.upstream = upstream;
    this.client = client;
    this.identity = identity;
    this.clock = clock;
  }

  /** What is known; Grafana counts as up until it was asked. */
  Finding finding() {
    Finding now = finding;
    if (now.up() && refused != null) {
      return new Finding(
          false,
          "Grafana runs, and does not believe who the console says you are (expected: [auth.jwt]"
              + " with the console's public keys, see docs/grafana.md)",
          now.version(),
          now.at());
    }
    return now;
  }

  /** Whether requests can be passed on. */
  boolean answers() {
    return finding.up();
  }

  /** Grafana has sent someone to its own sign-in page, though our token was with the request. */
  void identityRefused(ActiveSession session) {
    if (refused == null) {
      LOG.warn("Grafana does not take the console's tokens: see docs/grafana.md, [auth.jwt]");
    }
    refused = session;
  }

  /** Grafana has shown a page to someone who came with our token. */
  void identityAccepted() {
    refused = null;
  }

  /** A request has found that Grafana cannot be reached. */
  void unreachable(Throwable failure) {
    note(new Finding(false, words(failure), null, clock.instant()));
  }

  @Override
  public void run() {
    Finding last = finding;
    Instant now = clock.instant();
    boolean fresh = last.at() != null && now.isBefore(last.at().plus(WHILE_UP));
    if (!last.up() || !fresh) {
      note(ask(now));
      askAgain(refused, now);
    }
  }

  /** Asks whether Grafana believes us by now, for whom it did not; their session has to run. */
  private void askAgain(@Nullable ActiveSession session, Instant now) {
    if (session == null || !finding.up()) {
      return;
    }
    try {
      if (now.isAfter(session.expiresAt())
          || get("/api/user", IdentityToken.HEADER, identity.of(session)).getStatus() == 200) {
        refused = null;
      }
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Grafana was not heard on who is signed in", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ContentResponse get(String path, String header, String value)
      throws ExecutionException, TimeoutException, InterruptedException {
    return client
        .newRequest(upstream.http(upstream.prefix() + path))
        .headers(headers -> headers.put(header, value))
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .send();
  }

  private Finding ask(Instant now) {
    try {
      ContentResponse answer = get("/api/health", "Accept", "application/json");
      String version = version(answer.getContent());
      return answer.getStatus() == 200
          ? new Finding(true, "", version, now)
          : new Finding(false, unexpected(answer.getStatus()), version, now);
    } catch (ExecutionException e) {
      return new Finding(false, words(e.getCause() == null ? e : e.getCause()), null, now);
    } catch (TimeoutException e) {
      return new Finding(false, words(e), null, now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return finding;
    }
  }

  private static String unexpected(int status) {
    return "Grafana answers " + status + " to /api/health (expected: 200)";
  }

  private static @Nullable String version(byte[] body) {
    JsonNode version = Json.lenient(new String(body, StandardCharsets.UTF_8)).path("version");
    String text = version.asText("");
    return text.isEmpty() || text.length() > MAX_VERSION ? null : text;
  }

  private String words(Throwable failure) {
    String what =
        failure instanceof TimeoutException
            ? "no answer within " + PATIENCE.toMillis() + " ms"
            : failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.getClass().getSimpleName();
    return "Grafana at " + upstream.name() + " cannot be reached: " + what;
  }

  private void note(Finding next) {
    boolean before = finding.up();
    finding = next;
    if (before && !next.up()) {
      LOG.warn("{}", next.detail());
    } else if (!before && next.up()) {
      LOG.info("Grafana at {} answers again", upstream.name());
    }
  }
}
