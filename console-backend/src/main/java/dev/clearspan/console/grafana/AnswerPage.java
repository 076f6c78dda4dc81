package dev.clearspan.console.grafana;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers in our own words where Grafana cannot or must not: a small page, or a problem in JSON.
 */
final class AnswerPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#fbfaf8,#16191f);
      color:light-dark(#23262d,#d9dce3);font:15px/1.55 Inter,system-ui,sans-serif}
      main{max-width:34rem;padding:2rem}
      h1{margin:0 0 .5rem;font-size:1.15rem}
      p{margin:0 0 .75rem;overflow-wrap:anywhere}
      a{color:light-dark(#1f5fbf,#7fb0ff)}
      """;

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>%s</title><style>%s</style></head>
      <body><main><h1>%s</h1><p>%s</p>%s</main></body>
      </html>
      """;

  private final Site site;

  /** Leads to a page of the console. */
  private record Link(String words, String path) {}

  AnswerPage(Site site) {
    this.site = site;
  }

  /** Says that one has to sign in, and where. */
  void signIn(Request request, Response response, Callback callback) {
    send(
        request,
        response,
        callback,
        new Refusal(
            401,
            "Sign in to the console first",
            "Grafana is shown to whoever is signed in to the Clearspan console, with the same"
                + " rights."),
        new Link("Sign in", ""));
  }

  /** Says why a request is refused. */
  void refuse(Request request, Response response, Callback callback, Refusal refusal) {
    send(request, response, callback, refusal, null);
  }

  /** Says that Grafana cannot be shown now. */
  void unavailable(
      Request request, Response response, Callback callback, int status, String detail) {
    send(
        request,
        response,
        callback,
        new Refusal(status, "Grafana cannot be shown", detail),
        new Link("The console has charts of its own", "metrics"));
  }

  private void send(
      Request request, Response response, Callback callback, Refusal refusal, @Nullable Link link) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    List<String> embedders = isUsable(host) ? site.consoleOrigins(String.valueOf(host)) : List.of();
    boolean page = wantsPage(request);
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(refusal.status());
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Content-Security-Policy", policy(page, embedders));
    if (page) {
      headers.put(HttpHeader.CONTENT_TYPE, "text/html; charset=utf-8");
      String console = embedders.isEmpty() ? null : site.consoleUrl(String.valueOf(host));
      write(request, response, callback, html(refusal, link, console));
    } else {
      headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
      write(request, response, callback, json(refusal));
    }
  }

  private static void write(Request request, Response response, Callback callback, String text) {
    if (request.getMethod().equals("HEAD")) {
      callback.succeeded();
    } else {
      Content.Sink.write(response, true, text, callback);
    }
  }

  private boolean isUsable(@Nullable String host) {
    try {
      site.checkHost(host);
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  private static boolean wantsPage(Request request) {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static String policy(boolean page, List<String> embedders) {
    String style = page ? "; style-src 'sha256-" + hash(STYLE) + "'" : "";
    String ancestors = embedders.isEmpty() ? "'none'" : String.join(" ", embedders);
    return "default-src 'none'; base-uri 'none'; form-action 'none'"
        + style
        + "; frame-ancestors "
        + ancestors;
  }

  private static String html(Refusal refusal, @Nullable Link link, @Nullable String console) {
    String anchor =
        link == null || console == null
            ? ""
            : "<p><a href=\"%s\" target=\"_top\">%s</a></p>"
                .formatted(escape(console + link.path()), escape(link.words()));
    return PAGE.formatted(
        escape(refusal.title()), STYLE, escape(refusal.title()), escape(refusal.detail()), anchor);
  }

  private static String json(Refusal refusal) {
    return Json.write(
        ProblemException.status(refusal.status(), refusal.title(), refusal.detail()).problem());
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
