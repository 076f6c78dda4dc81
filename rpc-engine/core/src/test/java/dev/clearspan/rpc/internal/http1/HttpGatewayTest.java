package dev.clearspan.rpc.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.RawPeer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages and Connect calls over HTTP/1.1. */
class HttpGatewayTest {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final EchoService service = new EchoService();
  private RpcServer server;

  @BeforeEach
  void start() {
    server =
        RpcServer.builder("echo")
            .service(service)
            .allowOrigin("https://shop.example")
            .limit(Limit.MESSAGE_BYTES, 10_000)
            .limit(Limit.HANDSHAKE, Duration.ofMillis(500))
            .start();
  }

  @AfterEach
  void stop() {
    service.release.countDown();
    server.close();
  }

  @Test
  void healthAndMetricsArePages() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.headers().firstValue("content-type").orElse("")).startsWith("text/plain");
    assertThat(metrics.body()).contains("clearspan_server_call_active");
  }

  @Test
  void readinessEndsWithDraining() throws Exception {
    server.drain();

    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(json("Echo", "\"a\"").statusCode()).isEqualTo(503);
  }

  @Test
  void jsonCallIsAnsweredInJsonUnderTheGivenTrace() throws Exception {
    HttpResponse<String> reply =
        client.send(
            call("Echo", "application/json; charset=utf-8", "\"h\u00e9llo\"")
                .header("traceparent", TRACEPARENT)
                .build(),
            BodyHandlers.ofString());

    assertThat(reply.statusCode()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("\"h\u00e9llo\"");
    assertThat(reply.headers().firstValue("clearspan-trace-id"))
        .hasValue("0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void protoCallIsAnsweredInProto() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/test.Echo/Echo"))
            .header("content-type", "application/proto")
            .POST(BodyPublishers.ofByteArray(new byte[] {0x0a, 0x01, '7'}))
            .build();

    HttpResponse<byte[]> reply = client.send(request, BodyHandlers.ofByteArray());

    assertThat(reply.body()).containsExactly(0x0a, 0x01, '7');
  }

  @Test
  void errorsHaveConnectsForm() throws Exception {
    HttpResponse<String> notFound = json("Fail", "\"key\"");
    assertThat(notFound.statusCode()).isEqualTo(404);
    assertThat(notFound.body())
        .isEqualTo("{\"code\":\"not_found\",\"message\":\"no such thing: key\"}");

    HttpResponse<String> missing = json("Missing", "\"\"");
    assertThat(missing.statusCode()).isEqualTo(501);
    assertThat(missing.body()).contains("unimplemented").contains("Echo, Fail, Crash, Block");

    HttpResponse<String> malformed = json("Echo", "{nonsense");
    assertThat(malformed.statusCode()).isEqualTo(400);
    assertThat(malformed.body()).contains("invalid_argument").contains("test.Echo/Echo");
  }

  @Test
  void timeoutHeaderIsTheDeadline() throws Exception {
    HttpResponse<String> late =
        client.send(
            call("Block", "application/json", "\"\"").header("connect-timeout-ms", "800").build(),
            BodyHandlers.ofString());

    assertThat(late.statusCode()).isEqualTo(504);
    assertThat(late.body()).contains("deadline_exceeded");
    await().until(() -> service.interrupted.get() == 1);
  }

  @Test
  void clientThatLeavesCancelsItsCall() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText(request("POST /test.Echo/Block", "content-type: application/json", "\"\""));
      await().until(() -> service.handled.get() == 1);
    }
    await().until(() -> service.interrupted.get() == 1 && server.inFlight() == 0);
  }

  @Test
  void otherContentTypesAndMethodsAreRefused() throws Exception {
    HttpResponse<String> xml =
        client.send(call("Echo", "text/xml", "<a/>").build(), BodyHandlers.ofString());
    assertThat(xml.statusCode()).isEqualTo(415);
    assertThat(xml.body()).contains("content type: text/xml (expected: application/json");

    HttpResponse<String> get = get("/test.Echo/Echo");
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("allow")).hasValue("POST, OPTIONS");
    assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
  }

  @Test
  void pagesOfOtherOriginsMayNotCall() throws Exception {
    assertThat(fromOrigin("https://evil.example")).contains("403 Forbidden");
    assertThat(fromOrigin("https://shop.example"))
        .contains("200 OK")
        .contains("access-control-allow-origin: https://shop.example");
    assertThat(service.handled).hasValue(1);
  }

  @Test
  void bodiesOverTheLimitAreRefused() throws Exception {
    HttpResponse<String> reply = json("Echo", "\"" + "x".repeat(20_000) + "\"");
    assertThat(reply.statusCode()).isEqualTo(413);
    assertThat(reply.body()).contains("more than 10000 bytes (expected: <= 10000)");
  }

  @Test
  void aBodyTooLargeIsAnsweredInItsTurn() throws Exception {
    String small = request("POST /test.Echo/Echo", "content-type: application/json", "\"first\"");
    String large =
        request("POST /test.Echo/Echo", "content-type: application/json", "x".repeat(20_000));
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.sendText(small + large + small).readUntil("\"first\"HTTP/1.1 413"))
          .contains("200 OK");
      assertThat(peer.readUntil("\"first\"")).contains("200 OK");
    }
  }

  @Test
  void aLargeBodyAnnouncedIsRefusedBeforeItIsSent() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText(
          "POST /test.Echo/Echo HTTP/1.1\r\nhost: a\r\ncontent-length: 20000\r\n"
              + "expect: 100-continue\r\n\r\n");
      assertThat(peer.readUntil("expected: <= 10000")).contains("413 ");
    }
  }

  @Test
  void requestsSentAheadAreAnsweredInOrder() throws Exception {
    String one = request("POST /test.Echo/Echo", "content-type: application/json", "\"first\"");
    String two = request("POST /test.Echo/Echo", "content-type: application/json", "\"second\"");
    try (RawPeer peer = new RawPeer(server.port())) {
      String replies = peer.sendText(one + two).readUntil("\"second\"");
      assertThat(replies).containsSubsequence("200 OK", "\"first\"", "200 OK", "\"second\"");
    }
  }

  @Test
  void aRequestThatDripsInIsCutOff() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText("GET /healthz HTTP/1.1\r\nhost: a\r\n");
      assertThat(peer.readToEnd()).isEmpty();
    }
  }

  @Test
  void malformedRequestsAreRefused() throws Exception {
    try (RawPeer peer = new RawPeer(server.port())) {
      assertThat(peer.sendText("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n").readToEnd())
          .contains("400 Bad Request");
    }
  }

  private String fromOrigin(String origin) throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.sendText(
          request(
              "POST /test.Echo/Echo",
              "content-type: application/json\r\nconnection: close\r\norigin: " + origin,
              "\"a\""));
      return peer.readToEnd();
    }
  }

  private static String request(String line, String headers, String body) {
    return "%s HTTP/1.1\r\nhost: a\r\n%s\r\ncontent-length: %d\r\n\r\n%s"
        .formatted(line, headers, body.length(), body);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> json(String method, String body) throws Exception {
    return client.send(call(method, "application/json", body).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder call(String method, String type, String body) {
    return HttpRequest.newBuilder(uri("/test.Echo/" + method))
        .header("content-type", type)
        .POST(BodyPublishers.ofString(body));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
