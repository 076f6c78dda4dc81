package dev.clearspan.console.grafana;

import dev.clearspan.console.identity.Identity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.eclipse.jetty.websocket.core.server.WebSocketMappings;
import org.jspecify.annotations.Nullable;

/**
 * Offers Grafana on a port of its own to whoever is signed in to the console, and vouches to
 * Grafana for who they are. The port has the console's host name, so that the browser sends the
 * same cookie to both, and is another origin, so that a script in Grafana cannot act as an admin of
 * the console. Thread-safe; {@link #run} is to be called every second, by one thread.
 */
public final class GrafanaProxy implements Runnable, AutoCloseable {
  private static final long MAX_BODY = 16L << 20;
  private static final String KEYS = "grafana-keys.json";

  private final GrafanaConfig config;
  private final ConsoleAddress console;
  private final Upstream upstream;
  private final Site site;
  private final SigningKeys keys;
  private final @Nullable SharedDirectory shared;
  private final WebSocketCoreClient client;
  private final HealthProbe health;
  private final LiveSockets sockets;
  private final FrontServer server;

  private GrafanaProxy(
      GrafanaConfig config,
      URI url,
      ConsoleAddress console,
      Identity identity,
      Path data,
      Clock clock) {
    this.config = config;
    this.console = console;
    upstream = new Upstream(url, config.silence());
    keys = SigningKeys.open(data.resolve(KEYS), clock);
    shared =
        config.sharedDirectory() == null ? null : SharedDirectory.take(config.sharedDirectory());
    IdentityToken token = new IdentityToken(keys, clock);
    site = new Site(console, this::port, this::publicUrl);
    AnswerPage page = new AnswerPage(site);
    HttpClient direct = upstream.newClient("grafana-live");
    WebSocketComponents components = new WebSocketComponents();
    client = new WebSocketCoreClient(direct, components);
    health = new HealthProbe(upstream, direct, token, clock);
    sockets =
        new LiveSockets(
            upstream,
            client,
            new WebSocketMappings(components),
            token,
            identity::session,
            page,
            clock);
    Doorkeeper doorkeeper = new Doorkeeper(site, upstream, console, identity::session);
    Handler passing = bounded(new GrafanaHandler(upstream, site, token, health, page));
    server =
        new FrontServer(
            new FrontHandler(doorkeeper, upstream, health, sockets, page, passing),
            page,
            config.silence(),
            console.tls());
    if (shared != null) {
      shared.leaveToken(identity);
    }
  }

  private static Handler bounded(Handler handler) {
    SizeLimitHandler limit = new SizeLimitHandler(MAX_BODY, -1);
    limit.setHandler(handler);
    return limit;
  }

  /**
   * Starts to listen.
   *
   * @param url where Grafana is
   * @param console the console beside it
   * @param identity who is signed in
   * @param data directory where the key pairs are kept
   * @throws IllegalStateException if the port is taken or the keys are damaged; the message says
   *     what to do
   * @throws java.io.UncheckedIOException if a file cannot be used
   */
  public static GrafanaProxy start(
      GrafanaConfig config,
      URI url,
      ConsoleAddress console,
      Identity identity,
      Path data,
      Clock clock) {
    GrafanaProxy proxy = new GrafanaProxy(config, url, console, identity, data, clock);
    try {
      LifeCycle.start(proxy.client);
      proxy.server.start(console.host(), config.port());
      proxy.publish(true);
      return proxy;
    } catch (RuntimeException e) {
      proxy.close();
      throw e;
    }
  }

  /** The port that offers Grafana. */
  public int port() {
    return server.port();
  }

  /** Where Grafana is offered, for this machine; with Grafana's sub-path, ending with a slash. */
  public URI url() {
    String host = console.host().equals("0.0.0.0") ? "127.0.0.1" : console.host();
    String literal = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(
        console.directScheme() + "://" + literal + ":" + port() + upstream.prefix() + "/");
  }

  /** How Grafana is. */
  public GrafanaState state() {
    HealthProbe.Finding finding = health.finding();
    URI known = publicUrl();
    return new GrafanaState(
        known == null ? null : known + upstream.prefix() + "/",
        port(),
        upstream.prefix() + "/",
        finding.up(),
        finding.detail(),
        finding.version(),
        finding.at());
  }

  /** The public keys as a JWK set (RFC 7517), by which Grafana checks our tokens. */
  public String publicKeys() {
    return keys.published();
  }

  /**
   * What the console's pages may embed, in the words of a CSP: this port, and nothing else.
   *
   * @param consoleHost as the browser has sent it to the console
   */
  public String frameSource(String consoleHost) {
    return site.offeredTo(consoleHost);
  }

  /** How many WebSockets go through the proxy. */
  public int webSockets() {
    return sockets.count();
  }

  /** Where browsers reach this port; null: at the name by which they reach the console. */
  private @Nullable URI publicUrl() {
    URI base = console.publicUrl();
    if (config.publicUrl() != null || base == null) {
      URI own = config.publicUrl();
      return own == null ? null : URI.create(own.getScheme() + "://" + own.getAuthority());
    }
    return URI.create(base.getScheme() + "://" + base.getHost() + ":" + port());
  }

  /** Asks Grafana how it is, ends WebSockets of ended sessions, and renews keys when it is time. */
  @Override
  public void run() {
    health.run();
    sockets.run();
    publish(keys.rotateIfDue());
  }

  private void publish(boolean changed) {
    if (changed && shared != null) {
      shared.leaveKeys(keys);
    }
  }

  @Override
  public void close() {
    sockets.close();
    server.close();
    LifeCycle.stop(client);
  }
}
