package dev.clearspan.console.grafana;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes every request of the port, and answers, opens a WebSocket or passes it on. */
final class FrontHandler extends Handler.Wrapper {
  private final Doorkeeper doorkeeper;
  private final Upstream upstream;
  private final HealthProbe health;
  private final LiveSockets sockets;
  private final AnswerPage page;

  FrontHandler(
      Doorkeeper doorkeeper,
      Upstream upstream,
      HealthProbe health,
      LiveSockets sockets,
      AnswerPage page,
      Handler next) {
    super(next);
    this.doorkeeper = doorkeeper;
    this.upstream = upstream;
    this.health = health;
    this.sockets = sockets;
    this.page = page;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    try {
      Optional<Passage> passage = doorkeeper.admit(request);
      if (passage.isEmpty()) {
        page.signIn(request, response, callback);
        return true;
      }
      passage.get().attachTo(request);
      return pass(passage.get(), request, response, callback);
    } catch (Refusal refusal) {
      page.refuse(request, response, callback, refusal);
      return true;
    }
  }

  private boolean pass(Passage passage, Request request, Response response, Callback callback)
      throws Exception {
    if (!upstream.has(passage.path())) {
      Response.sendRedirect(request, response, callback, 302, upstream.prefix() + "/", true);
      return true;
    }
    if (!health.answers()) {
      page.unavailable(request, response, callback, 502, health.finding().detail());
      return true;
    }
    if (Doorkeeper.isWebSocket(request)) {
      sockets.open(passage, request, response, callback);
      return true;
    }
    response.getHeaders().remove(HttpHeader.SERVER);
    return super.handle(request, response, callback);
  }
}
