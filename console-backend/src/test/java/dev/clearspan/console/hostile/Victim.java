package dev.clearspan.console.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clearspan.console.Client;
import dev.clearspan.console.TestConsole;
import dev.clearspan.console.oidc.OidcConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A console with people, tokens, a service and sessions, all of which the corpus may name. */
final class Victim implements AutoCloseable {
  private static final String USER = "mallory";
  private static final String PASSWORD = "long enough pass";
  private static final String SERVICE = "payments";
  private static final String INSTANCE = "payments-1";

  /** Nothing listens there: no request may make the console ask anybody else. */
  private static final Map<String, String> PROVIDER =
      Map.of(
          "CLEARSPAN_OIDC_ISSUER", "http://127.0.0.1:1/realm",
          "CLEARSPAN_OIDC_CLIENT_ID", "clearspan",
          "CLEARSPAN_OIDC_CLIENT_SECRET", "the-secret-of-the-client",
          "CLEARSPAN_OIDC_ROLES", "sre=admin");

  private final TestConsole console =
      TestConsole.start(
          config ->
              config.withSecurity(
                  config.security().withOidc(OidcConfig.from(PROVIDER).orElseThrow())));
  private final Map<String, String> values = new HashMap<>();

  Victim() {
    Client admin = console.admin();
    admin.post(
        "/api/v1/users", "{'name':'" + USER + "','role':'operator','password':'" + PASSWORD + "'}");
    for (String role : List.of("viewer", "operator", "admin")) {
      values.put(role, token("{'name':'" + role + "','role':'" + role + "'}"));
    }
    values.put("scoped", token("{'name':'scoped','role':'operator','services':['shipping']}"));
    values.put("host", "127.0.0.1:" + port());
    values.put("user", USER);
    values.put("password", PASSWORD);
    values.put("service", SERVICE);
    values.put("instance", INSTANCE);
    signIn();
    console.process(SERVICE, INSTANCE).serve();
  }

  private void signIn() {
    Client.Answer own = session();
    values.put("cookie", own.cookie());
    values.put("csrf", proof(own));
    values.put("other csrf", proof(session()));
    Client.Answer ended = session();
    values.put("ended cookie", ended.cookie());
    console
        .anonymous()
        .with("Cookie", ended.cookie())
        .with("X-CSRF-Token", proof(ended))
        .delete("/api/v1/session");
  }

  private Client.Answer session() {
    return console
        .anonymous()
        .post("/api/v1/session", "{'username':'" + USER + "','password':'" + PASSWORD + "'}");
  }

  private static String proof(Client.Answer session) {
    return session.body().get("csrfToken").textValue();
  }

  private String token(String request) {
    return console.admin().post("/api/v1/tokens", request).body().get("secret").textValue();
  }

  Placeholders placeholders() {
    return new Placeholders(values);
  }

  /** What no answer may tell anybody. */
  List<String> secrets() {
    return List.of(
        values.get("viewer"),
        values.get("operator"),
        values.get("admin"),
        values.get("scoped"),
        TestConsole.ADMIN_TOKEN,
        "the-secret-of-the-client",
        PASSWORD);
  }

  int port() {
    return console.console().port();
  }

  int intakePort() {
    return console.console().otlpPort();
  }

  /** All that a request could have changed: accounts, tokens, and every key of the registry. */
  List<String> state() {
    List<String> state = new ArrayList<>();
    for (String list : List.of("users", "tokens")) {
      for (JsonNode row : console.admin().get("/api/v1/" + list).body()) {
        state.add(list + " " + row.path("name").asText() + " " + row.path("role").asText());
      }
    }
    state.add(console.etcdctlGetAll("ctl/"));
    state.add(console.etcdctlGetAll("audit/"));
    return state;
  }

  /** Whether people who mean well are still served. */
  boolean answers() {
    return console.admin().get("/api/v1/topology").status() == 200;
  }

  @Override
  public void close() {
    console.close();
  }
}
