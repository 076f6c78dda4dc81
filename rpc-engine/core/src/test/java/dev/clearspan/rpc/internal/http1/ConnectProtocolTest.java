package dev.clearspan.rpc.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.RawPeer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Connect protocol's unary calls, as connectrpc.com/docs/protocol has them. */
class ConnectProtocolTest {
  private static final String JSON = "application/json";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private RpcServer server;

  @BeforeEach
  void start() {
    server =
        RpcServer.builder("books")
            .service(new BookService())
            .allowOrigin("https://shop.example")
            .limit(Limit.MESSAGE_BYTES, 2 << 20)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void getCallsMethodsWithoutSideEffects() throws Exception {
    HttpResponse<String> plain = get("Find?connect=v1&encoding=json&message=%22seven%22");
    String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[] {10, 1, '7'});
    HttpResponse<String> proto =
        get("Find?message=" + base64 + "&base64=1&encoding=proto&unknown=1");

    assertThat(plain.statusCode()).isEqualTo(200);
    assertThat(plain.headers().firstValue("content-type")).hasValue(JSON);
    assertThat(plain.body()).isEqualTo("\"found seven\"");
    assertThat(proto.body()).contains("found 7");
  }

  @Test
  void getTakesCompressedMessages() throws Exception {
    String packed = Base64.getUrlEncoder().encodeToString(gzip("\"seven\""));
    String query = "Find?encoding=json&base64=1&compression=gzip&message=" + encoded(packed);

    assertThat(get(query).body()).isEqualTo("\"found seven\"");
  }

  @Test
  void getIsRefusedWhereThereAreSideEffects() throws Exception {
    HttpResponse<String> reply = get("Lend?encoding=json&message=%22a%22");

    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.headers().firstValue("allow")).hasValue("POST, OPTIONS");
  }

  @Test
  void getSaysWhatIsMissing() throws Exception {
    refused(get("Find"), 415, "expected: ?encoding=json&message=...");
    refused(get("Find?encoding=xml&message=a"), 415, "encoding: 'xml'");
    refused(get("Find?encoding=json"), 400, "message: none (expected: &message=...)");
    refused(get("Find?encoding=json&message=!&base64=1"), 400, "expected: URL-safe base64");
    refused(get("Find?connect=v2&encoding=json&message=1"), 400, "connect: v2 (expected: v1)");
    refused(get("Find?encoding=json&compression=br&message=1"), 501, "br (expected: gzip or");
  }

  @Test
  void headIsGetWithoutABody() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      String head =
          "HEAD /lib.Books/Find?encoding=json&message=%22a%22 HTTP/1.1\r\nhost: a\r\n"
              + "connection: close\r\n\r\n";
      assertThat(peer.sendText(head).readToEnd()).contains("200 OK").doesNotContain("found a");
    }
  }

  @Test
  void optionsTellWhatMayBeDone() throws Exception {
    assertThat(send("OPTIONS", "/lib.Books/Find").headers().firstValue("allow"))
        .hasValue("GET, HEAD, POST, OPTIONS");
    assertThat(send("OPTIONS", "/lib.Books/Lend").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "/lib.Books/Lend").statusCode()).isEqualTo(405);
  }

  @Test
  void otherVersionsOfTheProtocolAreRefused() throws Exception {
    refused(
        send(post("Find", "\"a\"").header("connect-protocol-version", "2")),
        400,
        "connect-protocol-version: 2 (expected: 1)");
    assertThat(send(post("Find", "\"a\"").header("connect-protocol-version", "1")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void headersAndTrailersComeBackAsHeaders() throws Exception {
    HttpResponse<String> reply = send(post("Find", "\"a\"").header("shelf-bin", "AQI"));

    assertThat(reply.headers().firstValue("shelf")).hasValue("upper");
    assertThat(reply.headers().firstValue("trailer-cost")).hasValue("237");
    assertThat(reply.headers().firstValue("trailer-echo-bin")).hasValue("AQI");
  }

  @Test
  void badBinaryMetadataIsRefused() throws Exception {
    refused(send(post("Find", "\"a\"").header("shelf-bin", "*")), 400, "expected: base64");
  }

  @Test
  void errorsCarryDetailsAndMetadata() throws Exception {
    HttpResponse<String> reply = send(post("Lend", "\"a\""));

    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(reply.body())
        .isEqualTo(
            "{\"code\":\"failed_precondition\",\"message\":\"lent already\",\"details\":["
                + "{\"type\":\"google.protobuf.StringValue\",\"value\":\"CgFh\"}]}");
    assertThat(reply.headers().firstValue("retry-in")).hasValue("9");
    assertThat(reply.headers().firstValue("trailer-cost")).hasValue("237");
    assertThat(reply.headers().firstValue("grpc-status-details-bin")).isEmpty();
  }

  @Test
  void bodiesAreInflatedAndRepliesCompressedForThoseWhoAsk() throws Exception {
    String text = "x".repeat(5000);
    HttpResponse<byte[]> reply =
        client.send(
            post("Find", "")
                .POST(BodyPublishers.ofByteArray(gzip("\"" + text + "\"")))
                .header("content-encoding", "gzip")
                .header("accept-encoding", "br;q=1.0, gzip;q=0.8")
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(reply.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(reply.body().length).isLessThan(1000);
    assertThat(gunzip(reply.body())).isEqualTo("\"found " + text + "\"");
  }

  @Test
  void nothingIsCompressedForThoseWhoDoNotAsk() throws Exception {
    String text = "\"" + "x".repeat(5000) + "\"";

    assertThat(send(post("Find", text)).headers().firstValue("content-encoding")).isEmpty();
    assertThat(
            send(post("Find", text).header("accept-encoding", "gzip;q=0"))
                .headers()
                .firstValue("content-encoding"))
        .isEmpty();
    assertThat(
            send(post("Find", "\"short\"").header("accept-encoding", "gzip"))
                .headers()
                .firstValue("content-encoding"))
        .isEmpty();
  }

  @Test
  void aBombIsGivenUpWhileItInflates() throws Exception {
    byte[] bomb = gzip("\"" + "0".repeat(64 << 20) + "\"");
    HttpResponse<String> reply =
        send(
            post("Find", "")
                .POST(BodyPublishers.ofByteArray(bomb))
                .header("content-encoding", "gzip"));

    refused(reply, 429, "inflates to more than 2097152 (expected: <= 2097152)");
  }

  @Test
  void whatIsNoGzipIsRefused() throws Exception {
    refused(
        send(post("Find", "\"a\"").header("content-encoding", "gzip")), 400, "(expected: gzip)");
    refused(
        send(post("Find", "\"a\"").header("content-encoding", "br")),
        501,
        "content encoding: br (expected: gzip or identity)");
  }

  @Test
  void aClientThatWaitsForContinueIsTold() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText(
          "POST /lib.Books/Find HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
              + "content-length: 3\r\nexpect: 100-continue\r\n\r\n");
      assertThat(peer.readUntil("\r\n\r\n")).contains("100 Continue");
      assertThat(peer.sendText("\"a\"").readUntil("found a")).contains("200 OK");
    }
  }

  @Test
  void pagesOfAllowedOriginsAreToldWhatTheyMaySendAndRead() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText(
          "OPTIONS /lib.Books/Find HTTP/1.1\r\nhost: a\r\norigin: https://shop.example\r\n"
              + "access-control-request-method: POST\r\n"
              + "access-control-request-headers: content-type,tenant\r\nconnection: close\r\n\r\n");
      assertThat(peer.readToEnd())
          .contains("204 No Content")
          .contains("access-control-allow-origin: https://shop.example")
          .contains("access-control-allow-headers: content-type,tenant")
          .contains("access-control-allow-methods: GET, POST");
    }
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText(
          "GET /lib.Books/Find?encoding=json&message=%22a%22 HTTP/1.1\r\nhost: a\r\n"
              + "origin: https://shop.example\r\nconnection: close\r\n\r\n");
      assertThat(peer.readToEnd()).contains("access-control-expose-headers: ", "trailer-cost");
    }
  }

  @Test
  void aMisspeltMethodIsAnsweredWithNearNames() throws Exception {
    refused(send(post("Fnid", "\"a\"")), 501, "unknown method lib.Books/Fnid (offered: Find, Lend");
    refused(get("Fnid?encoding=json&message=1"), 501, "unknown method lib.Books/Fnid");
  }

  @Test
  void aTimeoutFarAwayIsForgottenWithItsCall() throws Exception {
    HttpResponse<String> reply =
        send(post("Find", "\"a\"").header("connect-timeout-ms", "9999999999"));

    assertThat(reply.statusCode()).isEqualTo(200);
    await().until(() -> server.inFlight() == 0);
  }

  private static void refused(HttpResponse<String> reply, int status, String text) {
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(reply.body()).contains(text);
  }

  private HttpResponse<String> get(String methodAndQuery) throws Exception {
    return send("GET", "/lib.Books/" + methodAndQuery);
  }

  private HttpResponse<String> send(String verb, String target) throws Exception {
    return send(HttpRequest.newBuilder(uri(target)).method(verb, BodyPublishers.noBody()));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder post(String method, String body) {
    return HttpRequest.newBuilder(uri("/lib.Books/" + method))
        .header("content-type", JSON)
        .POST(BodyPublishers.ofString(body));
  }

  private URI uri(String target) {
    return URI.create("http://127.0.0.1:" + server.port() + target);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private static String gunzip(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
