package dev.clearspan.console.api;

import dev.clearspan.console.grafana.GrafanaProxy;
import dev.clearspan.console.web.Api;
import dev.clearspan.console.web.Route;
import dev.clearspan.console.web.SecurityHeaders;
import java.util.List;
import java.util.stream.Stream;

/** Offers the features over HTTP: the public API and the UI. */
public final class ApiServer implements AutoCloseable {
  private final HttpServer server;
  private final List<Route> routes;
  private final boolean withUi;

  private ApiServer(HttpServer server, List<Route> routes, boolean withUi) {
    this.server = server;
    this.routes = routes;
    this.withUi = withUi;
  }

  /**
   * Starts to listen.
   *
   * @param others endpoints besides those of the features
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  public static ApiServer start(Listen listen, Features features, List<Api> others) {
    SessionCookie cookie = new SessionCookie(listen.https());
    Origins origins = new Origins(listen);
    Gate gate = new Gate(features.identity(), cookie, origins);
    List<Route> routes = routes(listen, features, others, gate, cookie);
    GrafanaProxy grafana = features.system().grafana();
    SecurityHeaders headers =
        new SecurityHeaders(
            host -> grafana == null ? "'none'" : grafana.frameSource(host), listen.strict());
    UiFiles ui = new UiFiles(headers);
    HttpServer server = new HttpServer(routes, gate, origins, listen, headers, ui);
    server.start();
    return new ApiServer(server, routes, ui.isPresent());
  }

  private static List<Route> routes(
      Listen listen, Features features, List<Api> others, Gate gate, SessionCookie cookie) {
    SystemReport system = features.system();
    List<Api> own =
        List.of(
            new SessionApi(features, cookie, gate, listen),
            new OidcApi(features.oidc(), features.identity(), cookie, listen),
            new UsersApi(features.identity().users(), features.identity().log()),
            new TokensApi(features.identity().tokens(), features.identity().log()),
            new SystemApi(system, features.registry()),
            new TopologyApi(features.topology(), features.history(), features.outages()),
            new LayoutApi(features.layouts()),
            new ControlApi(
                features.registry(),
                features.instances(),
                features.breakers(),
                features.acks(),
                features.topology()),
            new PolicyApi(features.policies(), features.previews()),
            new TelemetryApi(features.keeps()),
            new AuditApi(
                features.audit(),
                features.auditChain(),
                features.registry(),
                features.identity().log()),
            new EventsApi(features.events(), gate, cookie));
    List<Route> routes =
        Stream.concat(own.stream(), others.stream()).flatMap(api -> api.routes().stream()).toList();
    return new OpenApiApi(routes, system.version()).all();
  }

  public int port() {
    return server.port();
  }

  /** All endpoints, which the OpenAPI document describes. */
  public List<Route> routes() {
    return routes;
  }

  /** Whether the pages are on the class path. */
  public boolean withUi() {
    return withUi;
  }

  @Override
  public void close() {
    server.close();
  }
}
