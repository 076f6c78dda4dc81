package dev.clearspan.console.grafana;

import dev.clearspan.console.identity.ActiveSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WebSockets of Grafana Live that go through the proxy. Who may have one is asked again every
 * ten seconds; whose session has ended, or whose role has changed, loses it. Thread-safe; {@link
 * #run} is for one thread.
 */
final class LiveSockets implements Runnable {
  static final int MOST = 256;
  static final int MOST_PER_SESSION = 32;

  private static final Logger LOG = LoggerFactory.getLogger(LiveSockets.class);
  private static final Duration ASKED_EVERY = Duration.ofSeconds(10);
  private static final Duration HANDSHAKE = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofMinutes(5);
  private static final long FRAME_BYTES = 64 * 1024;

  private final Upstream upstream;
  private final WebSocketCoreClient client;
  private final WebSocketMappings server;
  private final IdentityToken identity;
  private final Function<String, Optional<ActiveSession>> sessions;
  private final AnswerPage page;
  private final Clock clock;
  private final Set<SocketBridge> bridges = ConcurrentHashMap.newKeySet();
  private volatile Instant askedAt;

  LiveSockets(
      Upstream upstream,
      WebSocketCoreClient client,
      WebSocketMappings server,
      IdentityToken identity,
      Function<String, Optional<ActiveSession>> sessions,
      AnswerPage page,
      Clock clock) {
    this.upstream = upstream;
    this.client = client;
    this.server = server;
    this.identity = identity;
    this.sessions = sessions;
    this.page = page;
    this.clock = clock;
    this.askedAt = clock.instant();
  }

  /** Opens a WebSocket to Grafana and, if it agrees, to the browser. */
  void open(Passage passage, Request request, Response response, Callback callback) throws Refusal {
    boolean taken =
        server.upgrade(
            (asked, answer, done) -> negotiate(passage, asked, answer, done),
            request,
            response,
            callback,
            LiveSockets::limit);
    if (!taken) {
      throw Refusal.malformed("The WebSocket handshake is not that of RFC 6455, version 13.");
    }
  }

  private static void limit(Configuration socket) {
    socket.setIdleTimeout(SILENCE);
    socket.setMaxFrameSize(FRAME_BYTES);
    socket.setAutoFragment(true);
    socket.setMaxTextMessageSize(0);
    socket.setMaxBinaryMessageSize(0);
  }

  private @Nullable FrameHandler negotiate(
      Passage passage,
      ServerUpgradeRequest request,
      ServerUpgradeResponse response,
      Callback callback) {
    if (isFull(passage.session())) {
      page.unavailable(request, response, callback, 503, "Too many WebSockets are open.");
      return null;
    }
    SocketBridge bridge = bridge(passage.session());
    try {
      CoreSession grafana = connect(passage, request, bridge);
      response.setAcceptedSubProtocol(grafana.getNegotiatedSubProtocol());
      response.setExtensions(List.of());
      return bridge.browserSide();
    } catch (ExecutionException | TimeoutException | IOException e) {
      bridge.close(CloseStatus.SHUTDOWN, "");
      page.unavailable(request, response, callback, status(e), "Grafana takes no WebSocket here.");
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      bridge.close(CloseStatus.SHUTDOWN, "");
      page.unavailable(request, response, callback, 503, "The console stops.");
      return null;
    }
  }

  private boolean isFull(ActiveSession session) {
    long own = bridges.stream().filter(it -> it.session().id().equals(session.id())).count();
    return bridges.size() >= MOST || own >= MOST_PER_SESSION;
  }

  private SocketBridge bridge(ActiveSession session) {
    SocketBridge[] self = new SocketBridge[1];
    SocketBridge bridge = new SocketBridge(session, clock.instant(), () -> bridges.remove(self[0]));
    self[0] = bridge;
    bridges.add(bridge);
    return bridge;
  }

  private CoreSession connect(Passage passage, ServerUpgradeRequest request, SocketBridge bridge)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    CoreClientUpgradeRequest handshake =
        CoreClientUpgradeRequest.from(
            client, upstream.webSocket(passage.target()), bridge.grafanaSide());
    handshake.headers(
        headers -> passage.headers(request.getHeaders(), identity).forEach(headers::add));
    handshake.headers(headers -> headers.remove(HttpHeader.CONTENT_LENGTH));
    handshake.setSubProtocols(request.getSubProtocols());
    handshake.setConfiguration(new Limits());
    handshake.timeout(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
    return client.connect(handshake).get(HANDSHAKE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static final class Limits extends Configuration.ConfigurationCustomizer {
    Limits() {
      limit(this);
    }
  }

  /** What Grafana has answered, if that is for the browser to know. */
  private static int status(Exception failure) {
    if (failure.getCause() instanceof UpgradeException refused) {
      int status = refused.getResponseStatusCode();
      return status >= 400 && status < 500 ? status : 502;
    }
    return 502;
  }

  int count() {
    return bridges.size();
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    if (now.isBefore(askedAt.plus(ASKED_EVERY))) {
      return;
    }
    askedAt = now;
    Map<String, Boolean> mayStay = new HashMap<>();
    for (SocketBridge bridge : bridges) {
      ActiveSession session = bridge.session();
      if (!mayStay.computeIfAbsent(session.id(), id -> isStill(session))) {
        LOG.info("a WebSocket of {} is closed: the session has ended or changed", session.name());
        bridge.close(CloseStatus.POLICY_VIOLATION, "signed out");
      } else if (!bridge.isOpen()
          && now.isAfter(bridge.openedAt().plus(HANDSHAKE.multipliedBy(2)))) {
        bridge.close(CloseStatus.SHUTDOWN, "");
      }
    }
  }

  private boolean isStill(ActiveSession session) {
    return sessions.apply(session.id()).filter(now -> now.role() == session.role()).isPresent();
  }

  /** Closes all of them. */
  void close() {
    bridges.forEach(bridge -> bridge.close(CloseStatus.SHUTDOWN, "the console stops"));
  }
}
