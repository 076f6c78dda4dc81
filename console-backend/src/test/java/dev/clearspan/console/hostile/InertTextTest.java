package dev.clearspan.console.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.clearspan.console.Client;
import dev.clearspan.console.TestConsole;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Scripts in every field that takes text: what is stored comes back letter by letter, as data of a
 * type that no browser runs; what is refused is refused as a problem, of such a type as well.
 */
class InertTextTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SERVICE = "inert";
  private static final String BASE = "/api/v1/services/" + SERVICE;

  private static TestConsole console;

  @BeforeAll
  static void start() {
    console = TestConsole.start();
    console.process(SERVICE, "inert-1").serve();
    await().until(() -> console.admin().get(BASE + "/policy").status() == 200);
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  /** A request with a text in it. */
  private record Field(String name, String method, String path, Map<String, Object> body) {
    static Field of(String name, String method, String path, Object... fields) {
      Map<String, Object> body = new TreeMap<>();
      for (int i = 0; i < fields.length; i += 2) {
        body.put((String) fields[i], fields[i + 1]);
      }
      return new Field(name, method, path, body);
    }
  }

  private static List<Field> fieldsWith(String text) {
    return List.of(
        Field.of("breaker.reason", "PUT", BASE + "/breakers", "state", "OPEN", "reason", text),
        Field.of("breaker.method", "PUT", BASE + "/breakers", "state", "OPEN", "method", text),
        Field.of("breaker.caller", "PUT", BASE + "/breakers", "state", "OPEN", "caller", text),
        Field.of("breaker.instance", "PUT", BASE + "/breakers", "state", "OPEN", "instance", text),
        Field.of("breaker.state", "PUT", BASE + "/breakers", "state", text),
        Field.of(
            "control.reason",
            "PUT",
            BASE + "/instances/inert-1/control",
            "weight",
            50,
            "reason",
            text),
        Field.of("batch.reason", "PUT", BASE + "/control", "weight", 50, "reason", text),
        Field.of(
            "rollback.reason", "POST", BASE + "/policy/rollback", "auditId", "x", "reason", text),
        Field.of("rollback.auditId", "POST", BASE + "/policy/rollback", "auditId", text),
        Field.of("keep.reason", "POST", BASE + "/telemetry/keep", "caller", "a", "reason", text),
        Field.of("keep.caller", "POST", BASE + "/telemetry/keep", "caller", text),
        Field.of("keep.method", "POST", BASE + "/telemetry/keep", "method", text),
        Field.of("token.name", "POST", "/api/v1/tokens", "role", "viewer", "name", text),
        Field.of(
            "token.services",
            "POST",
            "/api/v1/tokens",
            "role",
            "operator",
            "name",
            "t",
            "services",
            List.of(text)),
        Field.of("link.name", "POST", "/api/v1/sign-in-links", "role", "viewer", "name", text),
        Field.of(
            "user.name",
            "POST",
            "/api/v1/users",
            "role",
            "viewer",
            "password",
            "short",
            "name",
            text),
        Field.of("session.username", "POST", "/api/v1/session", "username", text, "password", ""));
  }

  @Test
  void everyFieldOfTheApi_keepsOrRefusesIt_asData() {
    Map<String, Integer> kept = new TreeMap<>();
    assertThat(ScriptPayloads.all()).hasSize(200).doesNotHaveDuplicates();
    ScriptPayloads.all()
        .forEach(
            text -> {
              for (Field field : fieldsWith(text)) {
                Client.Answer answer =
                    console.admin().send(field.method(), field.path(), escaped(field.body()));
                assertInert(answer, field.name() + ": " + text);
                kept.merge(field.name(), answer.status() < 300 ? 1 : 0, Integer::sum);
              }
            });
    assertThat(kept).containsEntry("control.reason", 200).containsEntry("breaker.reason", 200);
    assertKept("/api/v1/audit?service=inert&limit=1000", "reason");
  }

  @Test
  void everyTextOfASpan_isKept_andServedAsData() {
    List<String> texts = ScriptPayloads.all().toList();
    OtlpJson otlp = new OtlpJson(console.console().otlpPort());
    for (int i = 0; i < texts.size(); i++) {
      otlp.sendFailedCall(traceId(i), texts.get(i));
    }
    String last = "/api/v1/traces/" + traceId(texts.size() - 1);
    await().until(() -> console.admin().get(last).status() == 200);
    for (int i = 0; i < texts.size(); i++) {
      String path = "/api/v1/traces/" + traceId(i);
      Client.Answer answer = console.admin().get(path);
      assertInert(answer, texts.get(i));
      JsonNode span = answer.body().at("/spans/0");
      assertThat(span.get("name").textValue()).isEqualTo(texts.get(i));
      assertThat(span.get("service").textValue()).isEqualTo(texts.get(i));
      assertThat(span.at("/attributes/text").textValue()).isEqualTo(texts.get(i));
    }
    for (String list : List.of("/api/v1/traces", "/api/v1/failures", "/api/v1/system")) {
      assertInert(console.admin().get(list), list);
    }
  }

  private static String traceId(int number) {
    return "%032x".formatted(0xabcdL << 32 | number);
  }

  private static void assertKept(String path, String field) {
    Client.Answer answer = console.admin().get(path);
    assertInert(answer, path);
    assertThat(answer.body().findValuesAsText(field))
        .contains(ScriptPayloads.all().toArray(String[]::new));
  }

  private static void assertInert(Client.Answer answer, String what) {
    assertThat(answer.status()).as("%s: %s", what, answer.text()).isLessThan(500);
    if (!answer.text().isEmpty()) {
      assertThat(answer.header("Content-Type")).as(what).matches("application/(problem\\+)?json");
    }
    assertThat(answer.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
    assertThat(answer.header("Content-Security-Policy")).as(what).contains("default-src 'none'");
  }

  /** As JSON without single quotes, which the client takes for double ones. */
  private static String escaped(Object body) {
    try {
      return JSON.writeValueAsString(body).replace("'", "\\u0027");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
