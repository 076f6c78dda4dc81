package dev.clearspan.console.api;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.SecurityHeaders;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves the UI from the class path ({@code ui/}). Every path that is no file is a view of the UI,
 * so it gets index.html. Style elements that the UI makes at runtime need the nonce of {@code <meta
 * property="csp-nonce">}.
 */
final class UiFiles {
  private static final Pattern SAFE = Pattern.compile("/([A-Za-z0-9_-][A-Za-z0-9._-]*/?)*");
  private static final String ONE_YEAR = "public, max-age=31536000, immutable";
  private static final int NONCE_BYTES = 18;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"));

  private static final String WITHOUT_UI =
      """
      <!doctype html>
      <html lang="en">
      <head><title>Clearspan console</title></head>
      <body>
      <h1>The console runs, its pages are not here</h1>
      <p>This console was started without the module console-ui on its class path.
      The API is complete: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
      <p>To have the pages, build with <code>mvn package</code> and start again.</p>
      </body>
      </html>
      """;

  private final SecurityHeaders headers;
  private final @Nullable String index;

  UiFiles(SecurityHeaders headers) {
    this.headers = headers;
    byte[] bytes = read("/index.html");
    this.index = bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  boolean isPresent() {
    return index != null;
  }

  /** Answers with the file of the path, else with the page. */
  void serve(Context context) {
    String path = context.path();
    byte[] file =
        path.equals("/") || path.equals("/index.html") || !SAFE.matcher(path).matches()
            ? null
            : read(path);
    if (file != null) {
      serveFile(context, path, file);
    } else if (path.startsWith("/assets/")) {
      throw ProblemException.notFound(
          "There is no " + path + "; the page that asks for it is of another version: reload it.");
    } else {
      servePage(context);
    }
  }

  private static void serveFile(Context context, String path, byte[] file) {
    String extension = path.substring(path.lastIndexOf('.') + 1);
    context
        .status(200)
        .contentType(TYPES.getOrDefault(extension, "application/octet-stream"))
        .header("Cache-Control", path.startsWith("/assets/") ? ONE_YEAR : "no-cache")
        .result(file);
  }

  private void servePage(Context context) {
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    String nonce = Base64.getEncoder().encodeToString(random);
    headers.page(context, nonce);
    String page = index == null ? WITHOUT_UI : index;
    context
        .status(200)
        .contentType("text/html; charset=utf-8")
        .header("Cache-Control", "no-store")
        .result(
            page.replaceFirst(
                "<head>", "<head>\n    <meta property=\"csp-nonce\" nonce=\"" + nonce + "\" />"));
  }

  private static byte @Nullable [] read(String path) {
    try (InputStream file = UiFiles.class.getResourceAsStream("/ui" + path)) {
      return file == null || path.endsWith("/") ? null : file.readAllBytes();
    } catch (IOException e) {
      throw ProblemException.notFound("There is no " + path);
    }
  }
}
