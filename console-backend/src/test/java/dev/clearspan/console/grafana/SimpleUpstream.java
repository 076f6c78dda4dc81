package dev.clearspan.console.grafana;

import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** An HTTP server in Grafana's place that answers each path as told and keeps what it was asked. */
final class SimpleUpstream implements AutoCloseable {
  /** Answers one path. */
  interface Answer {
    void give(Request request, Response response, Callback callback) throws Exception;
  }

  /** What came. */
  record Asked(String method, HttpURI uri, HttpFields headers) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Map<String, Asked> asked = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final EchoSockets sockets = new EchoSockets();
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);

  SimpleUpstream() {
    this(0);
  }

  SimpleUpstream(int port) {
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrades = new WebSocketUpgradeHandler(new WebSocketComponents());
    upgrades.addMapping("/api/live/*", sockets);
    upgrades.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return answer(request, response, callback);
          }
        });
    server.setHandler(upgrades);
    on("/api/health", json("{\"database\":\"ok\",\"version\":\"12.3.0\"}"));
    try {
      server.start();
    } catch (Exception e) {
      throw new AssertionError("the upstream does not start", e);
    }
  }

  private boolean answer(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (!path.endsWith("/api/health")) {
      count.incrementAndGet();
    }
    asked.put(
        path,
        new Asked(
            request.getMethod(), request.getHttpURI(), HttpFields.build(request.getHeaders())));
    Answer answer = answers.get(path);
    if (answer == null) {
      response.setStatus(404);
      Content.Sink.write(response, true, "nothing at " + path, callback);
    } else {
      answer.give(request, response, callback);
    }
    return true;
  }

  SimpleUpstream on(String path, Answer answer) {
    answers.put(path, answer);
    return this;
  }

  static Answer json(String text) {
    return typed("application/json", text);
  }

  static Answer page(String text) {
    return typed("text/html; charset=UTF-8", text);
  }

  private static Answer typed(String type, String text) {
    return (request, response, callback) -> {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
      Content.Sink.write(response, true, text, callback);
    };
  }

  static Answer redirect(String location) {
    return (request, response, callback) -> {
      response.setStatus(302);
      response.getHeaders().put(HttpHeader.LOCATION, location);
      callback.succeeded();
    };
  }

  /** The last request to that path. */
  Asked asked(String path) {
    Asked found = asked.get(path);
    if (found == null) {
      throw new AssertionError("nobody has asked for " + path + ", but for " + asked.keySet());
    }
    return found;
  }

  /** How many requests came, those after its health aside. */
  int count() {
    return count.get();
  }

  EchoSockets sockets() {
    return sockets;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new AssertionError("the upstream does not stop", e);
    }
  }
}
