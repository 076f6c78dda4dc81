package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every operation of the OpenAPI document as everyone who may knock. What the answers say is
 * written to {@code target/route-role.md}.
 */
class RouteRoleTest {
  private static final String PASSWORD = "long enough pass";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  /** One operation of the document. */
  private record Operation(String method, String path, String access, boolean opensSecurity) {
    boolean mutates() {
      return !method.equals("GET");
    }

    /** Whether it ends the very session it is sent with. */
    boolean endsSession() {
      return method.equals("DELETE") && path.startsWith("/api/v1/session");
    }

    boolean namesService() {
      return path.contains("{service}");
    }

    /** With a service that nobody has and otherwise names that lead nowhere. */
    String filled() {
      return path.replaceAll("\\{\\w+}", "nothing");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** Someone who knocks. */
  private enum Who {
    NOBODY(-1),
    WRONG_TOKEN(-1),
    ENDED_TOKEN(-1),
    TOKEN_AS_COOKIE(-1),
    VIEWER(0),
    VIEWER_IN_A_BROWSER(0),
    SCOPED_OPERATOR(1),
    OPERATOR(1),
    OPERATOR_IN_A_BROWSER(1),
    OPERATOR_WITHOUT_CSRF_TOKEN(1),
    ADMIN(2);

    private final int rank;

    Who(int rank) {
      this.rank = rank;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What the gate has to say; whatever follows it is not the gate's. */
  private enum Verdict {
    PASSES,
    UNAUTHENTICATED,
    FORBIDDEN
  }

  @Test
  void everyOperationAnswersEveryoneAsItsAccessSays() throws IOException {
    try (TestConsole console = TestConsole.start()) {
      List<Operation> operations = operations(console);
      assertThat(operations).hasSameSizeAs(console.console().routes()).hasSizeGreaterThan(50);
      Knockers knockers = new Knockers(console);
      List<String> wrong = new ArrayList<>();
      Map<Operation, Map<Who, Verdict>> matrix = new LinkedHashMap<>();
      for (Operation operation : operations) {
        if (isStream(operation)) {
          matrix.put(operation, streamVerdicts(knockers, operation, wrong));
          continue;
        }
        Map<Who, Verdict> row = new LinkedHashMap<>();
        for (Who who : Who.values()) {
          Client.Answer answer =
              knockers
                  .as(who)
                  .send(
                      operation.method(),
                      operation.filled(),
                      operation.mutates() ? "{'nonsense':1}" : null);
          row.put(who, verdict(answer, operation, who, wrong));
          if (operation.endsSession()) {
            knockers.forgetSessions();
          }
        }
        matrix.put(operation, row);
      }
      Files.writeString(Path.of("target", "route-role.md"), table(matrix));
      assertThat(wrong).isEmpty();
    }
  }

  private static boolean isStream(Operation operation) {
    return operation.path().equals("/api/v1/events");
  }

  /** A stream that is let in does not end: only who is refused is asked for the answer's text. */
  private static Map<Who, Verdict> streamVerdicts(
      Knockers knockers, Operation operation, List<String> wrong) {
    Map<Who, Verdict> row = new LinkedHashMap<>();
    for (Who who : Who.values()) {
      int status = knockers.as(who).statusOf(operation.filled());
      Verdict found =
          status == 200
              ? Verdict.PASSES
              : status == 401 ? Verdict.UNAUTHENTICATED : Verdict.FORBIDDEN;
      compare(found, operation, who, "status " + status, wrong);
      row.put(who, found);
    }
    return row;
  }

  private static Verdict verdict(
      Client.Answer answer, Operation operation, Who who, List<String> wrong) {
    Verdict found =
        switch (answer.status()) {
          case 401 ->
              answer.detail().startsWith("Wrong user name")
                      || answer.detail().contains("set-up token")
                  ? Verdict.PASSES
                  : Verdict.UNAUTHENTICATED;
          case 403 -> Verdict.FORBIDDEN;
          default -> Verdict.PASSES;
        };
    compare(found, operation, who, answer.status() + " " + answer.text(), wrong);
    if (answer.status() >= 500 && answer.status() != 503) {
      wrong.add(operation + " as " + who.word() + ": " + answer.status());
    }
    if (found != Verdict.PASSES
        && !answer.header("Content-Type").equals("application/problem+json")) {
      wrong.add(operation + " as " + who.word() + " is refused without a problem document");
    }
    return found;
  }

  private static void compare(
      Verdict found, Operation operation, Who who, String seen, List<String> wrong) {
    Verdict expected = expected(operation, who);
    if (found != expected) {
      wrong.add(operation + " as " + who.word() + ": " + expected + " expected, but " + seen);
    }
  }

  private static Verdict expected(Operation operation, Who who) {
    int needed =
        switch (operation.access()) {
          case "OPEN", "LOOPBACK_OR_VIEWER" -> -1;
          case "VIEWER" -> 0;
          case "OPERATOR" -> 1;
          case "ADMIN" -> 2;
          default -> throw new AssertionError("unknown access: " + operation.access());
        };
    if (needed < 0) {
      return Verdict.PASSES;
    }
    if (who.rank < 0) {
      return Verdict.UNAUTHENTICATED;
    }
    boolean withoutProof = who == Who.OPERATOR_WITHOUT_CSRF_TOKEN && operation.mutates();
    boolean outOfScope =
        who == Who.SCOPED_OPERATOR && operation.mutates() && operation.namesService();
    return who.rank < needed || withoutProof || outOfScope ? Verdict.FORBIDDEN : Verdict.PASSES;
  }

  private static List<Operation> operations(TestConsole console) {
    JsonNode paths = console.anonymous().get("/api/v1/openapi.json").body().get("paths");
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        assertThat(METHODS).as(path.getKey()).contains(method.getKey());
        Operation operation =
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                method.getValue().path("x-clearspan-access").asText("none"),
                method.getValue().get("security").isEmpty());
        assertThat(operation.opensSecurity())
            .as("%s says the same twice: access and security", operation)
            .isEqualTo(operation.access().equals("OPEN"));
        operations.add(operation);
      }
    }
    return operations;
  }

  private static String table(Map<Operation, Map<Who, Verdict>> matrix) {
    StringBuilder text = new StringBuilder("| operation |");
    for (Who who : Who.values()) {
      text.append(' ').append(who.word()).append(" |");
    }
    text.append("\n|---|").append("---|".repeat(Who.values().length)).append('\n');
    matrix.forEach(
        (operation, row) ->
            text.append("| ")
                .append(operation)
                .append(
                    row.values().stream()
                        .map(verdict -> verdict.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" | ", " | ", " |\n"))));
    return text.toString();
  }

  /** Clients for all of them. */
  private static final class Knockers {
    private final TestConsole console;
    private final Map<Who, Client> byToken = new EnumMap<>(Who.class);
    private final Map<String, Client.Answer> sessions = new HashMap<>();

    Knockers(TestConsole console) {
      this.console = console;
      Client admin = console.admin();
      for (String role : List.of("viewer", "operator")) {
        admin.post(
            "/api/v1/users",
            "{'name':'" + role + "-person','role':'" + role + "','password':'" + PASSWORD + "'}");
      }
      Client.Answer ended = admin.post("/api/v1/tokens", "{'name':'ended','role':'admin'}");
      admin.delete("/api/v1/tokens/" + ended.body().get("id").textValue());
      String endedSecret = ended.body().get("secret").textValue();
      byToken.put(Who.NOBODY, console.anonymous());
      byToken.put(Who.WRONG_TOKEN, console.anonymous().withBearer("guessed"));
      byToken.put(Who.ENDED_TOKEN, console.anonymous().withBearer(endedSecret));
      byToken.put(
          Who.TOKEN_AS_COOKIE,
          console.anonymous().with("Cookie", "clearspan_session=" + TestConsole.ADMIN_TOKEN));
      byToken.put(Who.VIEWER, console.as("viewer"));
      byToken.put(Who.OPERATOR, console.as("operator"));
      byToken.put(Who.SCOPED_OPERATOR, scoped(admin));
      byToken.put(Who.ADMIN, admin);
    }

    private Client scoped(Client admin) {
      Client.Answer token =
          admin.post(
              "/api/v1/tokens", "{'name':'scoped','role':'operator','services':['payments']}");
      return console.anonymous().withBearer(token.body().get("secret").textValue());
    }

    Client as(Who who) {
      return switch (who) {
        case VIEWER_IN_A_BROWSER -> browser("viewer-person", true);
        case OPERATOR_IN_A_BROWSER -> browser("operator-person", true);
        case OPERATOR_WITHOUT_CSRF_TOKEN -> browser("operator-person", false);
        default -> Objects.requireNonNull(byToken.get(who));
      };
    }

    private Client browser(String name, boolean withProof) {
      Client.Answer session = sessions.computeIfAbsent(name, this::signIn);
      Client browser = console.anonymous().with("Cookie", session.cookie());
      return withProof
          ? browser.with("X-CSRF-Token", session.body().get("csrfToken").textValue())
          : browser;
    }

    private Client.Answer signIn(String name) {
      Client.Answer session =
          console
              .anonymous()
              .post("/api/v1/session", "{'username':'" + name + "','password':'" + PASSWORD + "'}");
      assertThat(session.status()).as(session.text()).isEqualTo(200);
      return session;
    }

    void forgetSessions() {
      sessions.clear();
    }
  }
}
