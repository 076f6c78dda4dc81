package dev.clearspan.console.remote;

import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what a server did instead of answering, and how to mend it. */
final class RemoteFault {
  private static final int MAX_SAID = 200;

  private final RemoteConfig config;

  RemoteFault(RemoteConfig config) {
    this.config = config;
  }

  RemoteException refused(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      return fault(
          " refuses us (%d). Check %s, or %s and %s."
              .formatted(status, setting("TOKEN"), setting("USER"), setting("PASSWORD")),
          null);
    }
    if (status >= 300 && status < 400) {
      return fault(
          " redirects elsewhere (%d), which is not followed. Set %s to the final address."
              .formatted(status, setting("URL")),
          null);
    }
    String said = said(response);
    String mend = status == 404 ? " Check " + setting("URL") + "." : "";
    return fault(" answered " + status + (said.isEmpty() ? "." : ": " + said) + mend, null);
  }

  RemoteException notJson(HttpResponse<byte[]> response) {
    String type = response.headers().firstValue("Content-Type").orElse("no content type");
    return fault(
        " answered %s: %s (expected: JSON of its query API). Check %s."
            .formatted(brief(type), said(response), setting("URL")),
        null);
  }

  RemoteException unreadable(Throwable cause) {
    return fault(
        " answered what is cut off, is not JSON, or is deeper than %d levels (expected: JSON of its"
                .formatted(RemoteJson.MAX_DEPTH)
            + " query API). Check "
            + setting("URL")
            + ", and any proxy before it.",
        cause);
  }

  RemoteException unexpected(String what) {
    return fault(
        " answered JSON that is not of its query API (expected: %s). Check %s."
            .formatted(what, setting("URL")),
        null);
  }

  RemoteException late(@Nullable Throwable cause) {
    return fault(
        " gave no answer within %d ms. Ask for less, or set %s higher."
            .formatted(config.patience().toMillis(), setting("SECONDS")),
        cause);
  }

  RemoteException busy(int atOnce) {
    return fault(
        " is busy with %d questions of this console (expected: one answered within %d ms). Ask again."
            .formatted(atOnce, config.patience().toMillis()),
        null);
  }

  RemoteException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return fault(" was not waited for: the console stops.", cause);
  }

  RemoteException failed(Throwable cause) {
    if (cause instanceof BoundedBody.TooLong || cause.getCause() instanceof BoundedBody.TooLong) {
      return fault(
          " answered more than %d KiB (expected: less). Ask for less: fewer traces, a shorter time,"
                  .formatted(config.maxBytes() >> 10)
              + " one service.",
          cause);
    }
    if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
      return late(cause);
    }
    if (cause instanceof ConnectException) {
      return fault(" cannot be reached. Is it running? Check " + setting("URL") + ".", cause);
    }
    String check = cause instanceof SSLException ? setting("CA") : setting("URL");
    String said = cause.getMessage() == null ? "" : ": " + brief(cause.getMessage());
    return fault(
        " gave no answer: " + cause.getClass().getSimpleName() + said + ". Check " + check + ".",
        cause);
  }

  private RemoteException fault(String words, @Nullable Throwable cause) {
    return new RemoteException(config + words, cause);
  }

  private String setting(String what) {
    return config.setting(what);
  }

  private static String said(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    return brief(new String(body, 0, Math.min(body.length, 4 * MAX_SAID), StandardCharsets.UTF_8));
  }

  private static String brief(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_SAID ? line : line.substring(0, MAX_SAID) + "...";
  }
}
