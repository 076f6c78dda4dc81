package dev.clearspan.console.grafana;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Response.CompleteListener;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes requests on to Grafana and its answers back, as they come: neither is held as a whole. It
 * changes headers only.
 */
final class GrafanaHandler extends ProxyHandler {
  private final Upstream upstream;
  private final Site site;
  private final IdentityToken identity;
  private final HealthProbe health;
  private final AnswerPage page;
  private final Redirects redirects;

  GrafanaHandler(
      Upstream upstream, Site site, IdentityToken identity, HealthProbe health, AnswerPage page) {
    this.upstream = upstream;
    this.site = site;
    this.identity = identity;
    this.health = health;
    this.page = page;
    this.redirects = new Redirects(upstream);
    setViaHost("console");
  }

  @Override
  protected HttpClient newHttpClient() {
    return upstream.newClient("grafana-proxy");
  }

  @Override
  protected void configureHttpClient(HttpClient client) {
    // Upstream has done it.
  }

  @Override
  protected HttpURI rewriteHttpURI(Request request) {
    return HttpURI.from(upstream.http(Passage.of(request).target()));
  }

  @Override
  protected void copyRequestHeaders(Request request, org.eclipse.jetty.client.Request passed) {
    HttpFields headers = Passage.of(request).headers(request.getHeaders(), identity);
    passed.headers(all -> headers.forEach(all::add));
    passed.idleTimeout(upstream.silence().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  protected void addProxyHeaders(Request request, org.eclipse.jetty.client.Request passed) {
    // Passage has them all.
  }

  @Override
  protected CompleteListener newServerToProxyResponseListener(
      Request request,
      org.eclipse.jetty.client.Request passed,
      Response response,
      Callback callback) {
    return new ProxyResponseListener(request, passed, response, callback) {
      @Override
      public void onHeaders(org.eclipse.jetty.client.Response answer) {
        super.onHeaders(answer);
        try {
          adapt(Passage.of(request), answer, response.getHeaders());
        } catch (Refusal refusal) {
          answer.abort(refusal);
        }
      }
    };
  }

  private void adapt(
      Passage passage, org.eclipse.jetty.client.Response answer, HttpFields.Mutable headers)
      throws Refusal {
    HttpField location = headers.getField(HttpHeader.LOCATION);
    if (location != null) {
      headers.put(HttpHeader.LOCATION, within(passage, String.valueOf(location.getValue())));
    } else if (answer.getStatus() == 200 && isPage(headers)) {
      health.identityAccepted();
    }
    boolean cacheable = passage.path().startsWith(upstream.prefix() + "/public/");
    ResponseHeaders.adapt(headers, site.consoleOrigins(passage.host()), cacheable);
  }

  private String within(Passage passage, String location) throws Refusal {
    String target =
        redirects
            .within(location, passage.origin())
            .orElseThrow(
                () ->
                    new Refusal(
                        502,
                        "Grafana cannot be shown",
                        "Grafana redirects to another site (expected: root_url = "
                            + passage.origin()
                            + upstream.prefix()
                            + "/, see docs/grafana.md)"));
    String path = target.split("[?#]", 2)[0];
    boolean toSignIn = path.equals(upstream.prefix() + "/login");
    if (toSignIn && !passage.path().equals(upstream.prefix() + "/logout")) {
      health.identityRefused(passage.session());
      throw new Refusal(502, "Grafana cannot be shown", health.finding().detail());
    }
    return target;
  }

  private static boolean isPage(HttpFields headers) {
    String type = headers.get(HttpHeader.CONTENT_TYPE);
    return type != null && type.startsWith("text/html");
  }

  @Override
  protected void onServerToProxyResponseFailure(
      Request request,
      org.eclipse.jetty.client.Request passed,
      org.eclipse.jetty.client.Response answer,
      Response response,
      Callback callback,
      Throwable failure) {
    if (response.isCommitted()) {
      callback.failed(failure);
      return;
    }
    response.reset();
    if (failure instanceof HttpException broken) {
      page.refuse(request, response, callback, FrontServer.unreadable(broken.getCode()));
    } else if (failure instanceof Refusal refusal) {
      page.unavailable(request, response, callback, refusal.status(), refusal.detail());
    } else if (failure instanceof RejectedExecutionException) {
      page.unavailable(
          request, response, callback, 503, "Too many requests wait for Grafana. Try again soon.");
    } else if (failure instanceof TimeoutException) {
      page.unavailable(
          request,
          response,
          callback,
          504,
          "Grafana has not answered for " + upstream.silence().toSeconds() + " s.");
    } else if (isUnreachable(failure)) {
      health.unreachable(failure);
      page.unavailable(request, response, callback, 502, health.finding().detail());
    } else {
      page.unavailable(
          request, response, callback, 502, "Grafana broke off its answer. Try again.");
    }
  }

  /** Whether nobody could be asked, which is so for the next request, too. */
  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof UnknownHostException
        || failure instanceof SocketTimeoutException;
  }
}
