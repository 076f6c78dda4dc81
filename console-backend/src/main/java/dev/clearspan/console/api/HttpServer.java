package dev.clearspan.console.api;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.web.HttpLimits;
import dev.clearspan.console.web.Json;
import dev.clearspan.console.web.Problems;
import dev.clearspan.console.web.Query;
import dev.clearspan.console.web.RefusedWebSockets;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.SecurityHeaders;
import dev.clearspan.console.web.TlsPort;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves routes and pages over HTTP. */
final class HttpServer implements AutoCloseable {
  private static final int THREADS = 64;
  private static final int SLOWEST_BYTES_PER_SECOND = 256;

  private final Listen listen;
  private final Javalin javalin;

  HttpServer(
      List<Route> routes,
      Gate gate,
      Origins origins,
      Listen listen,
      SecurityHeaders headers,
      UiFiles ui) {
    this.listen = listen;
    TlsPort tls = listen.tls();
    this.javalin =
        Javalin.create(
            config -> {
              transport(config);
              if (tls != null) {
                config.jetty.addConnector(
                    (jetty, http) -> tls.connector(jetty, http, listen.host(), listen.port()));
              }
              config.contextResolver.ip =
                  context ->
                      listen
                          .proxies()
                          .caller(context.req().getRemoteAddr(), context.header("X-Forwarded-For"));
              config.routes.before(
                  context -> {
                    headers.all(context);
                    origins.checkHost(context);
                    HttpLimits.check(context);
                  });
              config.routes.beforeMatched(gate::check);
              Problems.register(config.routes);
              config.routes.exception(
                  NotFoundResponse.class, (e, context) -> pageOrProblem(context, e, ui));
              routes.forEach(
                  route ->
                      config.routes.addHttpHandler(
                          route.method(), route.path(), handler(route, gate), route.access()));
            });
  }

  private static Handler handler(Route route, Gate gate) {
    Handler scoped = gate.scoped(route);
    return context -> {
      Query.refuseUnknown(context, route);
      scoped.handle(context);
    };
  }

  private static void transport(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = HttpLimits.MAX_BODY_BYTES;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("console-http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setMinRequestDataRate(SLOWEST_BYTES_PER_SECOND);
        });
    config.jetty.modifyServer(
        server -> {
          server.setHandler(new RefusedWebSockets());
          server.setErrorHandler(HttpServer::refuse);
        });
  }

  /** What Jetty refuses before any route sees it, such as a malformed path. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    ProblemException problem =
        ProblemException.status(
            status, "Refused", "The request is malformed or too large (expected: plain HTTP/1.1)");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    Content.Sink.write(response, true, Json.write(problem.problem()), callback);
    return true;
  }

  private static void pageOrProblem(Context context, NotFoundResponse e, UiFiles ui) {
    boolean page =
        (context.method() == HandlerType.GET || context.method() == HandlerType.HEAD)
            && !context.path().startsWith("/api/");
    try {
      if (page) {
        ui.serve(context);
      } else {
        throw ProblemException.notFound(
            "There is no "
                + context.method().name()
                + " "
                + context.path()
                + " (expected: a path of /api/v1/openapi.json)");
      }
    } catch (ProblemException problem) {
      Problems.answer(context, problem);
    }
  }

  void start() {
    javalin.start(listen.host(), listen.port());
  }

  int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
