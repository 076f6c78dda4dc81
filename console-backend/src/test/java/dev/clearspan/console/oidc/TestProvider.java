package dev.clearspan.console.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.jspecify.annotations.Nullable;

/**
 * A provider on this machine: a mock server does the flow (codes, PKCE, nonces), and what stands
 * before it signs the ID tokens, tells of people and signs them out, as a test wants it.
 */
public final class TestProvider implements AutoCloseable {
  public static final String CLIENT = "clearspan";
  public static final String SECRET = "a secret of the client, long enough for HS256";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REALM = "/default";

  /** How ID tokens are signed. */
  public enum Signing {
    OWN_KEY,
    UNPUBLISHED_KEY,
    CLIENT_SECRET,
    NONE
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final MockOAuth2Server mock = new MockOAuth2Server();
  private final HttpServer front;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile RSAKey key = newKey();
  private volatile Signing signing = Signing.OWN_KEY;
  private volatile Consumer<JWTClaimsSet.Builder> claims = builder -> {};
  private volatile UnaryOperator<ObjectNode> document = node -> node;
  private volatile @Nullable HttpHandler userInfo;
  private volatile String accessToken = "";
  private final List<String> signedOut = new CopyOnWriteArrayList<>();
  private final AtomicInteger userInfoRequests = new AtomicInteger();

  public TestProvider() {
    this(null);
  }

  /**
   * A provider.
   *
   * @param tls what it shows to whoever connects; null: it speaks plain HTTP
   */
  public TestProvider(@Nullable SSLContext tls) {
    this.scheme = tls == null ? "http" : "https";
    mock.start();
    try {
      front = server(tls);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    front.createContext("/", this::answer);
    front.setExecutor(threads);
    front.start();
  }

  private static HttpServer server(@Nullable SSLContext tls) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      return HttpServer.create(any, 0);
    }
    HttpsServer server = HttpsServer.create(any, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  public URI issuer() {
    return URI.create(scheme + "://localhost:" + front.getAddress().getPort() + REALM);
  }

  public OidcConfig config(String roles) {
    return config(roles, null);
  }

  /** Settings of a console that believes these authorities. */
  public OidcConfig config(String roles, @Nullable Path authorities) {
    return new OidcConfig(
        issuer(),
        CLIENT,
        SECRET,
        List.of("openid", "profile"),
        "preferred_username",
        "groups",
        RoleRules.parse(roles),
        "Example",
        authorities,
        true);
  }

  /** What ID tokens say from now on, besides or instead of what is right. */
  public void claims(Consumer<JWTClaimsSet.Builder> value) {
    claims = value;
  }

  /** A person of these groups. */
  public void person(String subject, String name, String... groups) {
    claims(
        builder ->
            builder
                .subject(subject)
                .claim("preferred_username", name)
                .claim("groups", List.of(groups)));
  }

  public void signing(Signing value) {
    signing = value;
  }

  /** Changes the discovery document. */
  public void document(UnaryOperator<ObjectNode> change) {
    document = change;
  }

  /** How it answers who asks for more of a person with the right access token; null: as always. */
  public void userInfo(@Nullable HttpHandler value) {
    userInfo = value;
  }

  /** What it tells of a person from now on. */
  public void tells(String json) {
    userInfo(exchange -> write(exchange, 200, json));
  }

  public int userInfoRequests() {
    return userInfoRequests.get();
  }

  /** The subjects whose sessions here were ended, in that order. */
  public List<String> signedOut() {
    return List.copyOf(signedOut);
  }

  /** The access token that it gave last. */
  public String accessToken() {
    return accessToken;
  }

  /** Signs with another key from now on, and publishes only that. */
  public void rotateKey() {
    key = newKey();
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      if (path.endsWith("/jwks")) {
        write(exchange, 200, new JWKSet(key.toPublicJWK()).toString());
        return;
      }
      if (path.endsWith("/endsession")) {
        signOut(exchange);
        return;
      }
      HttpHandler told = userInfo;
      if (path.endsWith("/userinfo") && told != null) {
        userInfoRequests.incrementAndGet();
        answerBearer(exchange, told);
        return;
      }
      HttpResponse<String> answer = forward(exchange);
      String body = answer.body();
      if (path.endsWith("/openid-configuration")) {
        body = document.apply((ObjectNode) JSON.readTree(body)).toString();
      } else if (path.endsWith("/token") && answer.statusCode() == 200) {
        body = tokens(body);
      }
      answer
          .headers()
          .firstValue("Location")
          .ifPresent(location -> exchange.getResponseHeaders().set("Location", location));
      write(exchange, answer.statusCode(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Ends a session as RP-Initiated Logout 1.0 has it: only for a hint that it has signed itself.
   */
  private void signOut(HttpExchange exchange) throws IOException, ParseException, JOSEException {
    LogoutRequest request;
    try {
      request = LogoutRequest.parse(exchange.getRequestURI());
    } catch (com.nimbusds.oauth2.sdk.ParseException e) {
      write(exchange, 400, "");
      return;
    }
    SignedJWT hint = (SignedJWT) request.getIDTokenHint();
    JWTClaimsSet whose = hint.getJWTClaimsSet();
    boolean own =
        hint.verify(new RSASSAVerifier(key))
            && whose.getIssuer().equals(issuer().toString())
            && whose.getAudience().contains(CLIENT)
            && request.getClientID().getValue().equals(CLIENT);
    if (!own) {
      write(exchange, 400, "");
      return;
    }
    signedOut.add(whose.getSubject());
    String back = request.getPostLogoutRedirectionURI() + "?state=" + request.getState();
    exchange.getResponseHeaders().set("Location", back);
    write(exchange, 302, "");
  }

  private void answerBearer(HttpExchange exchange, HttpHandler told) throws IOException {
    String expected = "Bearer " + accessToken;
    if (expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      told.handle(exchange);
    } else {
      write(exchange, 401, "");
    }
  }

  private HttpResponse<String> forward(HttpExchange exchange)
      throws IOException, InterruptedException {
    URI target =
        mock.baseUrl().uri().resolve(exchange.getRequestURI().toString().replaceFirst("^/", ""));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .header("X-Forwarded-Proto", scheme)
            .header("X-Forwarded-Port", Integer.toString(front.getAddress().getPort()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : List.of("Authorization", "Content-Type")) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String tokens(String body) throws IOException, ParseException, JOSEException {
    JsonNode tokens = JSON.readTree(body);
    accessToken = tokens.get("access_token").asText();
    JWTClaimsSet right = JWTParser.parse(tokens.get("id_token").asText()).getJWTClaimsSet();
    JWTClaimsSet.Builder said = new JWTClaimsSet.Builder(right);
    claims.accept(said);
    return ((ObjectNode) tokens).put("id_token", signed(said.build())).toString();
  }

  private String signed(JWTClaimsSet said) throws JOSEException {
    switch (signing) {
      case NONE:
        return new PlainJWT(said).serialize();
      case CLIENT_SECRET:
        SignedJWT shared = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), said);
        shared.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
        return shared.serialize();
      default:
        RSAKey used = signing == Signing.OWN_KEY ? key : newKey();
        SignedJWT own =
            new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), said);
        own.sign(new RSASSASigner(used));
        return own.serialize();
    }
  }

  public static void write(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
    mock.shutdown();
  }
}
