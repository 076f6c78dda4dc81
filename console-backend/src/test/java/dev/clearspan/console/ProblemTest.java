package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is wrong with a request, the answer says so as a problem. */
@ExtendWith(SharedConsole.class)
class ProblemTest {
  private static void isProblem(Client.Answer answer, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.body().get("status").intValue()).isEqualTo(status);
    assertThat(answer.body().get("title").textValue()).isNotBlank();
    assertThat(answer.detail()).isNotBlank();
  }

  @Test
  void anUnknownPath(TestConsole console) {
    Client.Answer answer = console.admin().get("/api/v1/nothing");
    isProblem(answer, 404);
    assertThat(answer.detail()).contains("GET /api/v1/nothing").contains("openapi.json");
  }

  @Test
  void aMethodThatIsNotPossible(TestConsole console) {
    isProblem(console.admin().delete("/api/v1/topology"), 405);
  }

  @Test
  void aBodyThatIsTooLarge(TestConsole console) {
    String large = "{'name':'" + "x".repeat(2 << 20) + "'}";
    Client.Answer answer = console.admin().post("/api/v1/tokens", large);
    isProblem(answer, 413);
    assertThat(answer.detail()).contains("1 MiB");
  }

  @Test
  void aBodyThatIsNoJson_empty_orOfAnotherType(TestConsole console) {
    Client admin = console.admin();
    Client.Answer broken = admin.post("/api/v1/tokens", "{'name':");
    isProblem(broken, 400);
    assertThat(broken.detail()).contains("line 1");
    isProblem(admin.post("/api/v1/tokens", ""), 400);
    isProblem(admin.with("Content-Type", "text/plain").post("/api/v1/tokens", "{}"), 415);
  }

  @Test
  void aBodyThatIsTooDeep(TestConsole console) {
    String deep = "{'name':" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThat(console.admin().post("/api/v1/tokens", deep).status()).isIn(400, 422);
  }

  @Test
  void anUnknownField(TestConsole console) {
    Client.Answer answer =
        console.admin().post("/api/v1/tokens", "{'name':'x','role':'viewer','admin':true}");
    isProblem(answer, 422);
    assertThat(answer.field()).isEqualTo("admin");
    assertThat(answer.detail()).contains("known: name, role, services, ttlSeconds");
  }

  @Test
  void aBadParameter(TestConsole console) {
    Client.Answer answer = console.admin().get("/api/v1/topology?windowSeconds=soon");
    isProblem(answer, 422);
    assertThat(answer.field()).isEqualTo("windowSeconds");
    assertThat(answer.detail()).contains("1 to 900");
  }

  @Test
  void aHostNameThatIsNotOurs(TestConsole console) throws IOException {
    assertThat(raw(console, "GET /api/v1/setup HTTP/1.1\r\nHost: evil.example\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("CLEARSPAN_PUBLIC_URL");
  }

  @Test
  void aMalformedPath(TestConsole console) throws IOException {
    assertThat(raw(console, "GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json")
        .doesNotContain("Jetty");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders(TestConsole console) {
    for (String path : new String[] {"/", "/api/v1/system", "/api/v1/nothing", "/healthz"}) {
      Client.Answer answer = console.anonymous().get(path);
      assertThat(answer.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.header("Server")).isEmpty();
    }
  }

  /** Sends what a well-behaved client cannot. */
  private static String raw(TestConsole console, String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", console.console().port())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
