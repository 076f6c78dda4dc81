package dev.clearspan.console.grafana;

import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 whose request lines name a path and nothing else. Jetty also takes whole URLs, as
 * forward proxies get them, and later on shows no difference.
 */
final class OriginForm extends HttpConnectionFactory {
  OriginForm(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    HttpConnection connection =
        new HttpConnection(getHttpConfiguration(), connector, endPoint) {
          @Override
          protected HttpStreamOverHTTP1 newHttpStream(
              String method, String target, HttpVersion version) {
            if (!target.startsWith("/")) {
              throw new BadMessageException("request target (expected: a path)");
            }
            return super.newHttpStream(method, target, version);
          }
        };
    return configure(connection, connector, endPoint);
  }
}
