package dev.clearspan.console.api;

import dev.clearspan.console.events.EventPump;
import dev.clearspan.console.events.Listener;
import dev.clearspan.console.events.Topic;
import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.Route;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream of what is new. */
final class EventsApi implements Api {
  private static final Logger LOG = LoggerFactory.getLogger(EventsApi.class);

  private final EventPump pump;
  private final Gate gate;
  private final SessionCookie cookie;

  EventsApi(EventPump pump, Gate gate, SessionCookie cookie) {
    this.pump = pump;
    this.gate = gate;
    this.cookie = cookie;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/events")
            .access(Access.VIEWER)
            .summary(
                "Streams what is new as server-sent events, after a snapshot or after Last-Event-ID")
            .query("topics", "string", "topology,acks,breakers,audit,system,alerts; default all")
            .handledBy(this::stream));
  }

  private void stream(Context context) throws IOException {
    Set<Topic> topics = Topic.parse(Query.text(context, "topics").orElse(""));
    String authorization = context.header("Authorization");
    String sessionId = cookie.read(context).orElse(null);
    context
        .contentType("text/event-stream")
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no");
    CompletableFuture<Void> ended =
        pump.listen(
            new Listener(
                topics,
                context.header("Last-Event-ID"),
                context.res().getOutputStream(),
                () -> gate.mayStillRead(authorization, sessionId)));
    context.future(
        () -> {
          AsyncContext exchange = context.req().getAsyncContext();
          ended.whenComplete((nothing, failure) -> finish(exchange));
          return new CompletableFuture<>();
        });
  }

  /**
   * Ends the exchange without Javalin, whose future therefore never completes: it would look at the
   * request once more, which is gone already when the reader went away.
   */
  private static void finish(AsyncContext exchange) {
    try {
      exchange.complete();
    } catch (IllegalStateException e) {
      LOG.debug("the reader of a stream was gone already");
    }
  }
}
