package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignInTest {
  private static final String PASSWORD = "correct horse battery";

  private static Client.Answer setUp(TestConsole console) {
    String link = console.console().setupLink().orElseThrow().toString();
    String token = link.substring(link.indexOf("#token=") + 7);
    return console
        .anonymous()
        .post(
            "/api/v1/setup",
            "{'token':'" + token + "','username':'ada','password':'" + PASSWORD + "'}");
  }

  private static Client.Answer signIn(TestConsole console, String name, String password) {
    return console
        .anonymous()
        .post("/api/v1/session", "{'username':'" + name + "','password':'" + password + "'}");
  }

  @Test
  void firstStartCreatesTheAdminByTheLinkOfTheLog_once() {
    try (TestConsole console = TestConsole.start()) {
      assertThat(console.anonymous().get("/api/v1/setup").body().get("required").booleanValue())
          .isTrue();
      Client.Answer refused =
          console
              .anonymous()
              .post(
                  "/api/v1/setup",
                  "{'token':'guessed','username':'eve','password':'" + PASSWORD + "'}");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.detail()).contains("set-up token");

      Client.Answer admin = setUp(console);

      assertThat(admin.status()).isEqualTo(200);
      assertThat(admin.body().at("/user/role").textValue()).isEqualTo("admin");
      assertThat(admin.header("Set-Cookie"))
          .startsWith("clearspan_session=")
          .contains("HttpOnly")
          .contains("SameSite=Strict");
      assertThat(console.console().setupLink()).isEmpty();
      assertThat(console.anonymous().get("/api/v1/setup").body().get("required").booleanValue())
          .isFalse();
    }
  }

  @Test
  void wrongPasswordAndUnknownUser_getTheSameAnswer_andGuessingIsSlowedDown() {
    try (TestConsole console = TestConsole.start()) {
      setUp(console);
      Client.Answer wrong = signIn(console, "ada", "wrong password");
      Client.Answer unknown = signIn(console, "bob", "wrong password");
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.text()).isEqualTo(unknown.text());
      assertThat(wrong.detail()).isEqualTo("Wrong user name or password.");

      for (int i = 0; i < 4; i++) {
        signIn(console, "ada", "wrong password");
      }
      Client.Answer throttled = signIn(console, "ada", PASSWORD);

      assertThat(throttled.status()).isEqualTo(429);
      assertThat(throttled.header("Retry-After")).isNotEmpty();
      assertThat(throttled.detail()).contains("Too many failed sign-ins");
    }
  }

  @Test
  void aSession_isReadByItsCookie_changesNeedItsToken_andEndsBySigningOut() {
    try (TestConsole console = TestConsole.start()) {
      setUp(console);
      Client.Answer session = signIn(console, "ada", PASSWORD);
      Client browser = console.anonymous().with("Cookie", session.cookie());
      String csrf = session.body().get("csrfToken").textValue();

      assertThat(browser.get("/api/v1/session").body().at("/user/name").textValue())
          .isEqualTo("ada");
      Client.Answer forged = browser.post("/api/v1/tokens", "{'name':'x','role':'viewer'}");
      assertThat(forged.status()).isEqualTo(403);
      assertThat(forged.detail()).contains("X-CSRF-Token");
      Client ours = browser.with("X-CSRF-Token", csrf);
      assertThat(ours.post("/api/v1/tokens", "{'name':'x','role':'viewer'}").status())
          .isEqualTo(200);
      assertThat(
              ours.with("Origin", "https://evil.example")
                  .post("/api/v1/tokens", "{'name':'x','role':'viewer'}")
                  .status())
          .isEqualTo(403);

      assertThat(ours.delete("/api/v1/session").status()).isEqualTo(204);
      assertThat(browser.get("/api/v1/session").status()).isEqualTo(401);
    }
  }

  @Test
  void aSignInLink_worksOnce() {
    try (TestConsole console = TestConsole.start()) {
      Client.Answer link =
          console
              .admin()
              .post("/api/v1/sign-in-links", "{'role':'operator','name':'demo','ttlSeconds':60}");
      String token = link.body().get("oneTimeToken").textValue();
      assertThat(link.body().get("path").textValue()).isEqualTo("/sign-in#token=" + token);

      Client.Answer first =
          console.anonymous().post("/api/v1/session", "{'oneTimeToken':'" + token + "'}");
      Client.Answer second =
          console.anonymous().post("/api/v1/session", "{'oneTimeToken':'" + token + "'}");

      assertThat(first.body().at("/user/role").textValue()).isEqualTo("operator");
      assertThat(second.status()).isEqualTo(401);
      assertThat(second.detail()).contains("used up");
    }
  }

  @Test
  void usersAndTokens_areManagedByAdmins_andTheLastAdminStays() {
    try (TestConsole console = TestConsole.start()) {
      setUp(console);
      Client admin = console.admin();
      assertThat(
              admin
                  .post(
                      "/api/v1/users",
                      "{'name':'grace','role':'viewer','password':'long enough pass'}")
                  .status())
          .isEqualTo(200);
      Client.Answer weak =
          admin.post("/api/v1/users", "{'name':'bob','role':'viewer','password':'short'}");
      assertThat(weak.status()).isEqualTo(422);
      assertThat(weak.field()).isEqualTo("password");
      Client.Answer role =
          admin.post("/api/v1/users", "{'name':'bob','role':'god','password':'long enough pass'}");
      assertThat(role.status()).isEqualTo(422);
      assertThat(role.field()).isEqualTo("role");

      Client.Answer session = signIn(console, "grace", "long enough pass");
      Client browser = console.anonymous().with("Cookie", session.cookie());
      assertThat(browser.get("/api/v1/session").status()).isEqualTo(200);
      assertThat(admin.put("/api/v1/users/grace", "{'role':'operator'}").status()).isEqualTo(200);
      assertThat(browser.get("/api/v1/session").status())
          .as("a changed role ends sessions")
          .isEqualTo(401);

      Client.Answer last = admin.delete("/api/v1/users/ada");
      assertThat(last.status()).isEqualTo(409);
      assertThat(last.detail()).contains("last admin");
      assertThat(admin.delete("/api/v1/users/grace").status()).isEqualTo(204);
      assertThat(admin.delete("/api/v1/users/grace").detail()).contains("users: ada");
    }
  }
}
