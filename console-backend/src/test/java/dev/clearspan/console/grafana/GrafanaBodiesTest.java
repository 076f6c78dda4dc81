package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
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

/** Bodies on their way through the proxy: never held as a whole, never changed. */
class GrafanaBodiesTest {
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
    upstream.on("/api/upload", GrafanaBodiesTest::digest);
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
    upstream.on("/api/upload", GrafanaBodiesTest::digest);
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
}
