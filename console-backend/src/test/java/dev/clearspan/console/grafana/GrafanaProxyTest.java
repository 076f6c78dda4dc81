package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.Client;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through the proxy, and what does not. */
class GrafanaProxyTest {
  private static final int MIB = 1 << 20;

  private static SimpleUpstream upstream;
  private static ProxiedGrafana grafana;

  @BeforeAll
  static void start() {
    upstream = new SimpleUpstream();
    grafana = ProxiedGrafana.before(upstream.url());
  }

  @AfterAll
  static void stop() {
    grafana.close();
    upstream.close();
  }

  @Test
  void aReading_comesThroughWithItsQuery() {
    upstream.on("/api/search", SimpleUpstream.json("[{\"uid\":\"clearspan-service\"}]"));
    HttpResponse<String> answer = grafana.get("/api/search?query=a%20b&tag=x%7Cy");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[{\"uid\":\"clearspan-service\"}]");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(upstream.asked("/api/search").uri().getQuery()).isEqualTo("query=a%20b&tag=x%7Cy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  void aChange_comesThroughWithItsBody(String method) {
    upstream.on(
        "/api/dashboards/db",
        (request, response, callback) ->
            Content.Sink.write(
                response, true, request.getMethod() + Content.Source.asString(request), callback));
    HttpResponse<String> answer =
        ProxiedGrafana.send(
            grafana
                .signedIn("/api/dashboards/db")
                .header("Origin", grafana.origin())
                .header("Sec-Fetch-Site", "same-origin")
                .method(method, ProxiedGrafana.text("{\"title\":\"münze\"}"))
                .build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(method + "{\"title\":\"münze\"}");
  }

  @Test
  void whatIsGzipped_staysSo() throws IOException {
    byte[] packed = gzip("compressed once, by Grafana");
    upstream.on(
        "/public/build/app.js",
        (request, response, callback) -> {
          response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
          response.getHeaders().put(HttpHeader.CACHE_CONTROL, "public, max-age=3600");
          response.write(true, ByteBuffer.wrap(packed), callback);
        });
    HttpResponse<byte[]> answer =
        ProxiedGrafana.send(
            grafana.signedIn("/public/build/app.js").header("Accept-Encoding", "gzip").build(),
            BodyHandlers.ofByteArray());
    assertThat(upstream.asked("/public/build/app.js").headers().get("Accept-Encoding"))
        .isEqualTo("gzip");
    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("public, max-age=3600");
    assertThat(answer.body()).isEqualTo(packed);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    try (GZIPInputStream back =
        new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(new String(back.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
    return bytes.toByteArray();
  }

  @Test
  void anAnswerInParts_arrivesPartByPart() throws Exception {
    CountDownLatch firstSeen = new CountDownLatch(1);
    upstream.on(
        "/api/stream",
        (request, response, callback) -> {
          Blocker.Callback flushed = Blocker.callback();
          response.write(false, StandardCharsets.UTF_8.encode("first "), flushed);
          flushed.block();
          boolean inTime = firstSeen.await(20, TimeUnit.SECONDS);
          Content.Sink.write(response, true, inTime ? "second" : "too late", callback);
        });
    HttpResponse<InputStream> answer =
        ProxiedGrafana.send(grafana.signedIn("/api/stream").build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first ");
      firstSeen.countDown();
      assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
    }
  }

  @Test
  void largeBodies_comeThroughUnchanged_bothWays() throws Exception {
    byte[] noise = new byte[12 * MIB];
    new Random(7).nextBytes(noise);
    upstream.on("/api/upload", GrafanaProxyTest::digest);
    upstream.on(
        "/api/download",
        (request, response, callback) ->
            Content.copy(Content.Source.from(ByteBuffer.wrap(noise)), response, callback));
    HttpResponse<String> up =
        ProxiedGrafana.send(
            grafana.signedIn("/api/upload").POST(BodyPublishers.ofByteArray(noise)).build());
    HttpResponse<byte[]> down =
        ProxiedGrafana.send(grafana.signedIn("/api/download").build(), BodyHandlers.ofByteArray());
    assertThat(up.body()).isEqualTo(digest(new ByteArrayInputStream(noise)));
    assertThat(down.body()).isEqualTo(noise);
  }

  private static void digest(Request request, Response response, Callback callback)
      throws Exception {
    InputStream body = Content.Source.asInputStream(request);
    Content.Sink.write(response, true, digest(body), callback);
  }

  private static String digest(InputStream body) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    try (DigestInputStream in = new DigestInputStream(body, sha)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void moreThan16MiB_areRefusedBeforeTheyAreSent() throws IOException {
    int before = upstream.count();
    String answer = raw("Content-Length: " + 17 * MIB, 0);
    assertThat(answer).startsWith("HTTP/1.1 413").contains("at most 16 MiB");
    assertThat(upstream.count()).isEqualTo(before);
  }

  @Test
  void moreThan16MiB_ofUntoldLength_areCutOff() throws IOException {
    upstream.on("/api/upload", GrafanaProxyTest::digest);
    String answer = raw("Transfer-Encoding: chunked", 17);
    assertThat(answer).startsWith("HTTP/1.1 413").contains("at most 16 MiB");
  }

  /** Posts chunks of a MiB each, until there is an answer. */
  private static String raw(String length, int chunks) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), grafana.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST /api/upload HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nCookie: %s\r\n%s\r\n\r\n"
              .formatted(grafana.port(), grafana.cookie("viewer-person"), length);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      try {
        for (int i = 0; i < chunks; i++) {
          out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
          out.write(new byte[MIB]);
          out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      } catch (SocketException e) {
        // Refused in between: the answer tells.
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whoIsNotSignedIn_getsALinkToTheConsole_andGrafanaIsNotAsked() {
    int before = upstream.count();
    HttpResponse<String> page =
        ProxiedGrafana.send(grafana.request("/d/x").header("Accept", "text/html").build());
    assertThat(page.statusCode()).isEqualTo(401);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(page.body())
        .contains("Sign in to the console first")
        .contains("href=\"" + grafana.console().console().url() + "/\" target=\"_top\"");
    HttpResponse<String> data = ProxiedGrafana.send(grafana.request("/api/search").build());
    assertThat(data.statusCode()).isEqualTo(401);
    assertThat(data.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(upstream.count()).isEqualTo(before);
  }

  @Test
  void aSessionThatHasEnded_isNobodys() {
    upstream.on("/api/search", SimpleUpstream.json("[]"));
    Client.Answer session = grafana.signIn("viewer-person");
    HttpRequest request = grafana.request("/api/search").header("Cookie", session.cookie()).build();
    assertThat(ProxiedGrafana.send(request).statusCode()).isEqualTo(200);
    grafana
        .console()
        .anonymous()
        .with("Cookie", session.cookie())
        .with("X-CSRF-Token", session.body().get("csrfToken").textValue())
        .delete("/api/v1/session");
    assertThat(ProxiedGrafana.send(request).statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, cross-site",
    "http://evil.example,",
    "CONSOLE, same-site",
    "CONSOLE,",
    "null, cross-site",
    ", same-site",
  })
  void aChangeThatAnotherSiteAsksFor_isRefused(String origin, String site) {
    int before = upstream.count();
    HttpRequest.Builder request = grafana.signedIn("/api/dashboards/db");
    if (origin != null) {
      String console = grafana.console().console().url().toString();
      request.header("Origin", origin.equals("CONSOLE") ? console : origin);
    }
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    HttpResponse<String> answer =
        ProxiedGrafana.send(request.POST(ProxiedGrafana.text("{}")).build());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(upstream.count()).isEqualTo(before);
  }

  @Test
  void aRedirectWithinGrafana_isPassedOnAsAPath_andNotFollowed() {
    String own = upstream.url().toString();
    for (String location :
        new String[] {"/d/b?x=1#y", own + "/d/b?x=1#y", grafana.origin() + "/d/b?x=1#y"}) {
      upstream.on("/d/a", SimpleUpstream.redirect(location));
      HttpResponse<String> answer = grafana.get("/d/a");
      assertThat(answer.statusCode()).as(location).isEqualTo(302);
      assertThat(answer.headers().firstValue("Location")).hasValue("/d/b?x=1#y");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "https://127.0.0.1/",
        "javascript:alert(1)",
        "/%2e%2e/x",
        "evil"
      })
  void aRedirectOutOfGrafana_isNotPassedOn(String location) {
    upstream.on("/d/away", SimpleUpstream.redirect(location));
    HttpResponse<String> answer = grafana.get("/d/away");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(answer.body()).contains("root_url = " + grafana.origin() + "/");
  }

  @Test
  void theAnswersHeaders_saySoWhoMayEmbed_andReachNoFurtherThanThisPort() {
    upstream.on(
        "/d/framed",
        (request, response, callback) -> {
          response
              .getHeaders()
              .add("X-Frame-Options", "deny")
              .add("Content-Security-Policy", "script-src 'self'; frame-ancestors 'none'")
              .add("Set-Cookie", "grafana_session=abc; Path=/; HttpOnly")
              .add("Set-Cookie", "clearspan_session=stolen; Path=/")
              .add("Set-Cookie", "__Host-clearspan_session=stolen; Path=/; Secure")
              .add("Set-Cookie", "redirect_to=%2F; Path=/")
              .add("Strict-Transport-Security", "max-age=1")
              .add("Clear-Site-Data", "\"cookies\"")
              .add("Access-Control-Allow-Origin", "*")
              .add("Cache-Control", "public, max-age=60")
              .add("Server", "grafana");
          SimpleUpstream.page("<p>board</p>").give(request, response, callback);
        });
    HttpResponse<String> answer = grafana.get("/d/framed");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "script-src 'self'", "frame-ancestors " + grafana.console().console().url());
    assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("redirect_to=%2F; Path=/");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.headers().map().keySet())
        .map(name -> name.toLowerCase(Locale.ROOT))
        .doesNotContain(
            "x-frame-options",
            "strict-transport-security",
            "clear-site-data",
            "access-control-allow-origin",
            "server");
  }

  @Test
  void theConsolesPages_mayEmbedThisPortOnly() {
    Client.Answer page = grafana.console().anonymous().get("/metrics");
    assertThat(page.header("Content-Security-Policy"))
        .contains("frame-src " + grafana.origin() + ";");
  }
}
