package dev.clearspan.rpc.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.RpcServerBuilder;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.server.EchoService;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a caller is by its certificate, and what it may call. */
class CallerRulesTest {
  private static final String ORDERS = "spiffe://shop/orders";
  private static final String SHIPPING = "spiffe://shop/shipping";
  private static final String WEB = "web.shop.example";
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  @TempDir Path folder;

  private final EchoService service = new EchoService();
  private final WhoCalls whoCalls = new WhoCalls();
  private TestAuthority authority;
  private RpcServer server;

  @BeforeEach
  void start() throws Exception {
    authority = new TestAuthority(folder.resolve("shop"));
    server =
        builder(Tls.Clients.OPTIONAL)
            .interceptor(whoCalls)
            .allow("test.Echo", ORDERS, SHIPPING)
            .allow("test.Echo/Fail", SHIPPING, WEB)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void handlersLearnTheSpiffeIdFirst() throws Exception {
    X509Bundle both =
        authority.issue(
            to ->
                to.subject("CN=orders")
                    .addSanDnsName("orders.shop.example")
                    .addSanUriName(URI.create(ORDERS)));
    assertThat(outcome(both, EchoService.ECHO)).isEqualTo("OK");
    assertThat(whoCalls.seen).containsExactly(ORDERS);
  }

  @Test
  void aDnsNameIsAnIdentityToo() throws Exception {
    X509Bundle web = authority.issue(to -> to.subject("CN=web").addSanDnsName(WEB));

    assertThat(outcome(web, EchoService.FAIL)).startsWith("NOT_FOUND");
    assertThat(whoCalls.seen).containsExactly(WEB);
  }

  @Test
  void othersAreDeniedByNameAndMethod() throws Exception {
    X509Bundle other = authority.caller("spiffe://shop/other");

    assertThat(outcome(other, EchoService.ECHO))
        .startsWith("PERMISSION_DENIED: spiffe://shop/other may not call test.Echo/Echo");
    assertThat(outcome(null, EchoService.ECHO))
        .startsWith("PERMISSION_DENIED: a caller without a certificate's name may not call");
    assertThat(service.handled).hasValue(0);
  }

  @Test
  void aMethodsOwnRuleReplacesItsServices() throws Exception {
    assertThat(outcome(authority.caller(ORDERS), EchoService.FAIL))
        .startsWith("PERMISSION_DENIED: " + ORDERS + " may not call test.Echo/Fail");
    assertThat(outcome(authority.caller(SHIPPING), EchoService.FAIL)).startsWith("NOT_FOUND");
  }

  @Test
  void connectCallsAreHeldToTheSameRules() throws Exception {
    HttpResponse<String> allowed = post(authority.forHttpClient(authority.caller(ORDERS)));
    HttpResponse<String> denied = post(authority.forHttpClient());

    assertThat(allowed.body()).isEqualTo("\"hello\"");
    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(denied.body()).contains("permission_denied").contains("may not call test.Echo/Echo");
  }

  @Test
  void rulesThatWouldProtectNothingAreRefusedAtTheStart() throws Exception {
    assertThatThrownBy(() -> builder(Tls.Clients.REQUIRED).allow("test.Echo/Ehco", ORDERS).start())
        .hasMessageContaining("allow: test.Echo/Ehco (expected: a service or method")
        .hasMessageContaining("one of [test.Echo/Echo, ");
    assertThatThrownBy(() -> builder(Tls.Clients.NONE).allow("test.Echo", ORDERS).start())
        .hasMessageContaining("callers cannot be told apart");
  }

  private RpcServerBuilder builder(Tls.Clients clients) throws Exception {
    return RpcServer.builder("echo")
        .service(service)
        .tls(authority.settings("server", authority.server()).clients(clients));
  }

  /** "OK" or the error's message. */
  private String outcome(
      @Nullable X509Bundle certificate, MethodSpec<StringValue, StringValue> method)
      throws Exception {
    Tls tls =
        certificate == null
            ? Tls.DEFAULT.trusting(authority.authorities())
            : authority.settings("client", certificate);
    try (RpcChannel channel =
        RpcChannel.builder("echo").target("127.0.0.1", server.port()).tls(tls).build()) {
      StringValue unused = channel.call(method, StringValue.of("hello"), OPTIONS);
      return Status.OK.code().name();
    } catch (RpcException e) {
      return e.code() + ": " + e.status().message();
    }
  }

  private HttpResponse<String> post(SSLContext context) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/test.Echo/Echo"))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString("\"hello\""))
            .build();
    return HttpClient.newBuilder()
        .sslContext(context)
        .build()
        .send(request, BodyHandlers.ofString());
  }

  private static final class WhoCalls implements Interceptor {
    final List<String> seen = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "who-calls";
    }

    @Override
    public String description() {
      return "Notes the caller's identity.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      Call served = Call.current();
      seen.add(String.valueOf(served == null ? null : served.callerIdentity()));
      return next.proceed(call, request);
    }
  }
}
