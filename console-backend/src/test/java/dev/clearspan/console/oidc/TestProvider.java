package dev.clearspan.console.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import no.nav.security.mock.oauth2.MockOAuth2Server;

/**
 * A provider on this machine: a mock server does the flow (codes, PKCE, nonces), and what stands
 * before it signs the ID tokens, as a test wants them.
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
  private volatile RSAKey key = newKey();
  private volatile Signing signing = Signing.OWN_KEY;
  private volatile Consumer<JWTClaimsSet.Builder> claims = builder -> {};
  private volatile UnaryOperator<ObjectNode> document = node -> node;

  public TestProvider() {
    mock.start();
    try {
      front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    front.createContext("/", this::answer);
    front.start();
  }

  public URI issuer() {
    return URI.create("http://localhost:" + front.getAddress().getPort() + REALM);
  }

  public OidcConfig config(String roles) {
    return new OidcConfig(
        issuer(),
        CLIENT,
        SECRET,
        List.of("openid", "profile"),
        "preferred_username",
        "groups",
        RoleRules.parse(roles),
        "Example",
        null,
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

  private HttpResponse<String> forward(HttpExchange exchange)
      throws IOException, InterruptedException {
    URI target =
        mock.baseUrl().uri().resolve(exchange.getRequestURI().toString().replaceFirst("^/", ""));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .header("X-Forwarded-Proto", "http")
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

  private static void write(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    front.stop(0);
    mock.shutdown();
  }
}
