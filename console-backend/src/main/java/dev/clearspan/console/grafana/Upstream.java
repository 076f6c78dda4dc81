package dev.clearspan.console.grafana;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** The one server that is asked: Grafana, as configured. Immutable. */
final class Upstream {
  static final Duration CONNECT = Duration.ofMillis(1_500);

  private static final int CONNECTIONS = 64;
  private static final int WAITING = 256;
  private static final int MAX_THREADS = 16;
  private static final int MAX_HEAD = 32 * 1024;

  private final URI url;
  private final String prefix;
  private final Duration silence;

  /**
   * @param silence how long it may say nothing while it is waited for
   */
  Upstream(URI url, Duration silence) {
    this.url = url;
    this.silence = silence;
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Scheme, host and port. */
  String origin() {
    return url.getScheme() + "://" + url.getAuthority();
  }

  /** Host and port, as errors name it. */
  String name() {
    return url.getAuthority();
  }

  /** The sub-path that Grafana is served under, without a slash at its end; empty: none. */
  String prefix() {
    return prefix;
  }

  /** How long it may say nothing while it is waited for. */
  Duration silence() {
    return silence;
  }

  /** Whether a canonical path is Grafana's. */
  boolean has(String path) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }

  URI http(String target) {
    return URI.create(origin() + target);
  }

  URI webSocket(String target) {
    return URI.create(origin().replaceFirst("^http", "ws") + target);
  }

  /** A client that is bounded, keeps no cookies and follows nothing; to be started. */
  HttpClient newClient(String name) {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
    threads.setName(name);
    ScheduledExecutorScheduler timer = new ScheduledExecutorScheduler(name + "-timer", true);
    ClientConnector connector = new ClientConnector();
    connector.setExecutor(threads);
    connector.setScheduler(timer);
    HttpClient client = new HttpClient(new HttpClientTransportDynamic(connector));
    client.setSocketAddressResolver(
        guarded(new SocketAddressResolver.Async(threads, timer, CONNECT.toMillis())));
    configure(client);
    return client;
  }

  private void configure(HttpClient client) {
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setConnectTimeout(CONNECT.toMillis());
    client.setIdleTimeout(silence.toMillis());
    client.setMaxConnectionsPerDestination(CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(WAITING);
    client.setMaxRequestHeadersSize(MAX_HEAD);
    client.setMaxResponseHeadersSize(MAX_HEAD);
  }

  /** Keeps a name that leads to a cloud's metadata service or to nobody from being connected to. */
  private static SocketAddressResolver guarded(SocketAddressResolver resolver) {
    return (String host,
        int port,
        Map<String, Object> context,
        Promise<List<InetSocketAddress>> promise) ->
        resolver.resolve(
            host,
            port,
            context,
            new Promise<>() {
              @Override
              public void succeeded(List<InetSocketAddress> found) {
                List<InetSocketAddress> usable = found.stream().filter(Upstream::isUsable).toList();
                if (usable.isEmpty()) {
                  promise.failed(
                      new UnknownHostException(
                          host + " is a link-local or multicast address (expected: Grafana's)"));
                } else {
                  promise.succeeded(usable);
                }
              }

              @Override
              public void failed(Throwable failure) {
                promise.failed(failure);
              }
            });
  }

  private static boolean isUsable(InetSocketAddress address) {
    return address.getAddress() != null
        && !address.getAddress().isLinkLocalAddress()
        && !address.getAddress().isMulticastAddress();
  }
}
