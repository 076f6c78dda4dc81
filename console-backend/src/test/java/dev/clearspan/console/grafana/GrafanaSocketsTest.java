package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.clearspan.console.Client;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** WebSockets through the proxy, as Grafana Live has them. */
class GrafanaSocketsTest {
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
  void textAndBytes_goBothWays_howeverLong() throws Exception {
    Ear ear = new Ear();
    WebSocket socket = open("/api/live/ws", grafana.cookie("viewer-person"), grafana.origin(), ear);
    socket.sendText("hello", true).join();
    assertThat(ear.next()).isEqualTo("hello");
    socket.sendText("in two ", false).join();
    socket.sendText("parts", true).join();
    assertThat(ear.next()).isEqualTo("in two parts");
    byte[] noise = new byte[1 << 20];
    new Random(3).nextBytes(noise);
    socket.sendBinary(ByteBuffer.wrap(noise), true).join();
    assertThat(ear.bytes()).isEqualTo(noise);
    socket.sendClose(4001, "done").join();
    assertThat(ear.closed().get(10, TimeUnit.SECONDS)).isEqualTo(4001);
  }

  @Test
  void theHandshake_carriesOurTokenAndTheBrowsersHost_notItsCookie() throws Exception {
    Ear ear = new Ear();
    int before = upstream.sockets().handshakes().size();
    WebSocket socket = open("/api/live/ws", grafana.cookie("admin-person"), grafana.origin(), ear);
    HttpFields handshake = upstream.sockets().handshakes().get(before);
    assertThat(handshake.get("X-JWT-Assertion")).isNotEmpty();
    assertThat(handshake.get("Cookie")).isNull();
    assertThat(handshake.get("Origin")).isEqualTo(grafana.origin());
    assertThat(handshake.get("Host")).isEqualTo("127.0.0.1:" + grafana.port());
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    ear.closed().get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatGrafanaCloses_isClosedForTheBrowserWithItsReason() throws Exception {
    Ear ear = new Ear();
    open("/api/live/ws", grafana.cookie("viewer-person"), grafana.origin(), ear);
    upstream.sockets().open().forEach(it -> it.close(3000, "disconnect", Callback.NOOP));
    assertThat(ear.closed().get(10, TimeUnit.SECONDS)).isEqualTo(3000);
    await().until(() -> upstream.sockets().open().isEmpty());
  }

  @Test
  void anotherSitesOrigin_orNone_isRefused() {
    String cookie = grafana.cookie("viewer-person");
    int before = upstream.sockets().handshakes().size();
    String console = grafana.console().console().url().toString();
    for (String origin : new String[] {"http://evil.example", console, "null", null}) {
      assertThat(refused("/api/live/ws", cookie, origin)).as("Origin: " + origin).isEqualTo(403);
    }
    assertThat(refused("/api/live/ws", "clearspan_session=wrong", grafana.origin())).isEqualTo(401);
    assertThat(upstream.sockets().handshakes()).hasSize(before);
  }

  @Test
  void whatGrafanaRefuses_isRefused() {
    assertThat(refused("/api/live/refused", grafana.cookie("viewer-person"), grafana.origin()))
        .isEqualTo(403);
    assertThat(refused("/d/no-socket", grafana.cookie("viewer-person"), grafana.origin()))
        .isEqualTo(404);
  }

  @Test
  void whoSignsOut_losesTheirSocketWithin30Seconds() throws Exception {
    Client.Answer session = grafana.signIn("operator-person");
    Ear ear = new Ear();
    open("/api/live/ws", session.cookie(), grafana.origin(), ear);
    long before = System.nanoTime();
    grafana
        .console()
        .anonymous()
        .with("Cookie", session.cookie())
        .with("X-CSRF-Token", session.body().get("csrfToken").textValue())
        .delete("/api/v1/session");
    assertThat(ear.closed().get(30, TimeUnit.SECONDS)).isEqualTo(1008);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    await().until(() -> upstream.sockets().open().isEmpty());
  }

  @Test
  void oneSession_hasABoundedNumberOfSockets() throws Exception {
    String cookie = grafana.cookie("viewer-person");
    Ear[] ears = new Ear[LiveSockets.MOST_PER_SESSION];
    WebSocket[] sockets = new WebSocket[ears.length];
    for (int i = 0; i < ears.length; i++) {
      ears[i] = new Ear();
      sockets[i] = open("/api/live/ws", cookie, grafana.origin(), ears[i]);
    }
    assertThat(refused("/api/live/ws", cookie, grafana.origin())).isEqualTo(503);
    for (int i = 0; i < ears.length; i++) {
      sockets[i].sendClose(WebSocket.NORMAL_CLOSURE, "").join();
      ears[i].closed().get(10, TimeUnit.SECONDS);
    }
    await().until(() -> upstream.sockets().open().isEmpty());
    Ear again = new Ear();
    WebSocket socket = open("/api/live/ws", cookie, grafana.origin(), again);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    again.closed().get(10, TimeUnit.SECONDS);
  }

  private static WebSocket open(String path, String cookie, @Nullable String origin, Ear ear) {
    WebSocket.Builder builder =
        ProxiedGrafana.http()
            .newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .header("Cookie", cookie);
    if (origin != null) {
      builder.header("Origin", origin);
    }
    return builder
        .buildAsync(URI.create(grafana.origin().replace("http:", "ws:") + path), ear)
        .join();
  }

  /** The status with which no WebSocket is opened. */
  private static int refused(String path, String cookie, @Nullable String origin) {
    Throwable failure = catchThrowable(() -> open(path, cookie, origin, new Ear()));
    assertThat(failure).isInstanceOf(CompletionException.class);
    if (failure.getCause() instanceof WebSocketHandshakeException refusal) {
      return refusal.getResponse().statusCode();
    }
    throw new AssertionError("not refused by an answer", failure);
  }

  /** Hears what comes. */
  private static final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
      byte[] read = new byte[part.remaining()];
      part.get(read);
      bytes.writeBytes(read);
      if (last) {
        messages.add(bytes.toByteArray());
        bytes.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }

    String next() throws InterruptedException {
      return texts.poll(10, TimeUnit.SECONDS);
    }

    byte[] bytes() throws InterruptedException {
      return messages.poll(20, TimeUnit.SECONDS);
    }

    CompletableFuture<Integer> closed() {
      return closed;
    }
  }
}
