package dev.clearspan.console.alert;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells alerts to the one address that the settings name. Follows no redirect, waits {@link
 * #PATIENCE} for an answer, and after a failure ever longer, up to five minutes. {@link #run} by
 * one thread, the rest thread-safe.
 */
public final class Webhook implements Runnable {
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 9;
  private static final int MOST_AT_ONCE = 50;

  private final AlertConfig config;
  private final Notifications notifications;
  private final Supplier<String> externalUrl;
  private final Clock clock;
  private final Duration patience;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private volatile Progress progress = new Progress(0, 0, 0, null, null, "", null);

  private record Progress(
      long delivered,
      long failed,
      int failures,
      @Nullable Instant lastSuccess,
      @Nullable Instant lastFailure,
      String lastError,
      @Nullable Instant nextTry) {
    Progress taken(Instant now) {
      return new Progress(delivered + 1, failed, 0, now, lastFailure, lastError, null);
    }

    Progress refused(String why, Instant now, Instant next) {
      return new Progress(delivered, failed + 1, failures + 1, lastSuccess, now, why, next);
    }
  }

  Webhook(
      AlertConfig config,
      Notifications notifications,
      Supplier<String> externalUrl,
      Clock clock,
      Duration patience) {
    this.config = config;
    this.notifications = notifications;
    this.externalUrl = externalUrl;
    this.clock = clock;
    this.patience = patience;
  }

  /** One round: tells what is new, until somebody does not take it. */
  @Override
  public void run() {
    URI target = config.webhook();
    Instant next = progress.nextTry();
    if (target == null || (next != null && clock.instant().isBefore(next))) {
      return;
    }
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      Optional<Notifications.News> news = notifications.next(clock.instant(), config.repeat());
      if (news.isEmpty() || !tell(target, news.get())) {
        return;
      }
    }
  }

  private boolean tell(URI target, Notifications.News news) {
    String failure = post(target, NotificationText.of(news, externalUrl.get()));
    Instant now = clock.instant();
    if (failure.isEmpty()) {
      notifications.taken(news, now);
      progress = progress.taken(now);
      return true;
    }
    if (progress.failures() == 0) {
      LOG.warn("the alert webhook at {} takes nothing: {}", shown(target), failure);
    }
    progress = progress.refused(failure, now, now.plus(pause(progress.failures())));
    return false;
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** Empty, or why nobody took it. */
  private String post(URI target, String body) {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(request(target, body), BodyHandlers.discarding());
    try {
      int status = answer.get(patience.toNanos(), TimeUnit.NANOSECONDS).statusCode();
      return status >= 200 && status < 300
          ? ""
          : "answered " + status + " (expected: 2xx; redirects are not followed)";
    } catch (TimeoutException e) {
      // Ends the exchange too, however much of its answer is to come.
      answer.cancel(true);
      return noAnswer();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof HttpTimeoutException) {
        return noAnswer();
      }
      return cause.getClass().getSimpleName()
          + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private String noAnswer() {
    return "no answer within " + patience.toMillis() + " ms";
  }

  private HttpRequest request(URI target, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(patience)
            .header("Content-Type", "application/json")
            .header("User-Agent", "clearspan-console")
            .POST(BodyPublishers.ofString(body));
    if (config.token() != null) {
      request.header("Authorization", "Bearer " + config.token());
    }
    return request.build();
  }

  WebhookState state() {
    URI target = config.webhook();
    if (target == null) {
      return WebhookState.NONE;
    }
    Progress now = progress;
    return new WebhookState(
        true,
        shown(target),
        now.delivered(),
        now.failed(),
        now.failures(),
        notifications.waiting(clock.instant(), config.repeat()),
        now.lastSuccess(),
        now.lastFailure(),
        now.lastError(),
        now.nextTry());
  }

  private static String shown(URI target) {
    String port = target.getPort() < 0 ? "" : ":" + target.getPort();
    return target.getScheme() + "://" + target.getHost() + port;
  }
}
