package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
  void theThrottleCountsWhomATrustedProxyNames_andNobodyElsesWord() {
    try (TestConsole trusting =
            TestConsole.start(config -> config.withTrustedProxies(List.of("127.0.0.1")));
        TestConsole plain = TestConsole.start()) {
      for (TestConsole console : List.of(trusting, plain)) {
        setUp(console);
        for (int i = 0; i < 6; i++) {
          signIn(console.anonymous().with("X-Forwarded-For", "203.0.113.9"), "wrong password");
        }
      }
      assertThat(signIn(from(trusting, "203.0.113.9"), PASSWORD)).isEqualTo(429);
      assertThat(signIn(from(trusting, "198.51.100.4"), PASSWORD)).isEqualTo(200);
      assertThat(signIn(from(plain, "198.51.100.4"), PASSWORD)).isEqualTo(429);
    }
  }

  private static Client from(TestConsole console, String address) {
    return console.anonymous().with("X-Forwarded-For", address);
  }

  private static int signIn(Client client, String password) {
    return client
        .post("/api/v1/session", "{'username':'ada','password':'" + password + "'}")
        .status();
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

      assertThat(ours.delete("/api/v1/session").status()).isEqualTo(200);
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

  private static Client browser(TestConsole console, Client.Answer session) {
    return console
        .anonymous()
        .with("Cookie", session.cookie())
        .with("X-CSRF-Token", session.body().get("csrfToken").textValue());
  }

  @Test
  void onesOwnPassword_isChangedWithTheOldOne_andEndsTheOtherSessions() {
    try (TestConsole console = TestConsole.start()) {
      Client elsewhere = browser(console, setUp(console));
      Client here = browser(console, signIn(console, "ada", PASSWORD));
      String path = "/api/v1/session/password";
      String next = "another fine password";

      Client.Answer wrong =
          here.put(path, "{'currentPassword':'guessed','newPassword':'" + next + "'}");
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.field()).isEqualTo("currentPassword");
      Client.Answer weak =
          here.put(path, "{'currentPassword':'" + PASSWORD + "','newPassword':'short'}");
      assertThat(weak.status()).isEqualTo(422);
      assertThat(elsewhere.get("/api/v1/session").status()).isEqualTo(200);

      Client.Answer changed =
          here.put(path, "{'currentPassword':'" + PASSWORD + "','newPassword':'" + next + "'}");
      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
      assertThat(
              browser(console, changed).get("/api/v1/session").body().at("/user/kind").textValue())
          .isEqualTo("user");
      assertThat(here.get("/api/v1/session").status()).isEqualTo(401);
      assertThat(elsewhere.get("/api/v1/session").status()).isEqualTo(401);
      assertThat(signIn(console, "ada", PASSWORD).status()).isEqualTo(401);
      assertThat(signIn(console, "ada", next).status()).isEqualTo(200);
      assertThat(console.admin().put(path, "{}").status()).as("a token has none").isEqualTo(409);
    }
  }

  @Test
  void signingOutEverywhere_endsAllSessionsOfThePerson_andOfNobodyElse() {
    try (TestConsole console = TestConsole.start()) {
      Client one = browser(console, setUp(console));
      Client two = browser(console, signIn(console, "ada", PASSWORD));
      console
          .admin()
          .post("/api/v1/users", "{'name':'grace','role':'viewer','password':'long enough pass'}");
      Client grace = browser(console, signIn(console, "grace", "long enough pass"));

      assertThat(two.delete("/api/v1/sessions").status()).isEqualTo(200);

      assertThat(one.get("/api/v1/session").status()).isEqualTo(401);
      assertThat(two.get("/api/v1/session").status()).isEqualTo(401);
      assertThat(grace.get("/api/v1/session").status()).isEqualTo(200);
    }
  }

  @Test
  void whoMaySteerOneService_steersNoOther_andSeesThemAll() {
    try (TestConsole console = TestConsole.start()) {
      Client admin = console.admin();
      Client.Answer token =
          admin.post(
              "/api/v1/tokens",
              "{'name':'payments-robot','role':'operator','services':['payments']}");
      assertThat(token.body().at("/services/0").textValue()).isEqualTo("payments");
      Client robot = console.anonymous().withBearer(token.body().get("secret").textValue());
      String force = "{'state':'OPEN','reason':'incident'}";

      Client.Answer foreign = robot.put("/api/v1/services/orders/breakers", force);
      assertThat(foreign.status()).isEqualTo(403);
      assertThat(foreign.detail()).isEqualTo("You may steer payments (expected: orders)");
      assertThat(robot.put("/api/v1/services/payments/breakers", force).status())
          .as("allowed, but there is no such service")
          .isEqualTo(404);
      assertThat(robot.get("/api/v1/services").status()).isEqualTo(200);

      Client.Answer user =
          admin.post(
              "/api/v1/users",
              "{'name':'grace','role':'operator','services':['payments'],'password':'long enough pass'}");
      assertThat(user.body().at("/services/0").textValue()).isEqualTo("payments");
      Client grace = browser(console, signIn(console, "grace", "long enough pass"));
      assertThat(grace.put("/api/v1/services/orders/breakers", force).status()).isEqualTo(403);
      assertThat(grace.get("/api/v1/session").body().at("/user/services/0").textValue())
          .isEqualTo("payments");
      for (String bad : List.of("'role':'admin','services':['payments']", "'services':['No!']")) {
        Client.Answer refused = admin.put("/api/v1/users/grace", "{" + bad + "}");
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.field()).isEqualTo("services");
      }
      assertThat(admin.put("/api/v1/users/grace", "{'role':'admin'}").body().get("services"))
          .as("an admin manages everything")
          .isEmpty();
    }
  }

  @Test
  void whatIsDoneToAccounts_isKept() {
    try (TestConsole console = TestConsole.start()) {
      setUp(console);
      Client admin = console.admin();
      admin.post("/api/v1/users", "{'name':'grace','role':'viewer','password':'long enough pass'}");
      admin.put("/api/v1/users/grace", "{'role':'operator','password':'longer than before'}");
      Client.Answer token =
          admin.post("/api/v1/tokens", "{'name':'ci','role':'viewer','ttlSeconds':60}");
      admin.delete("/api/v1/tokens/" + token.body().get("id").textValue());
      admin.delete("/api/v1/users/grace");

      Client.Answer changes = admin.get("/api/v1/account-changes");

      assertThat(changes.body())
          .extracting(
              row ->
                  row.get("author").textValue()
                      + " "
                      + row.get("action").textValue()
                      + " "
                      + row.get("subject").textValue())
          .containsExactly(
              "admin-token user.remove grace",
              "admin-token token.end ci",
              "admin-token token.create ci",
              "admin-token user.change grace",
              "admin-token user.create grace",
              "ada setup ada");
      assertThat(changes.text())
          .contains("operator of all services, new password")
          .doesNotContain("longer than before")
          .doesNotContain(token.body().get("secret").textValue());
      assertThat(admin.get("/api/v1/account-changes?limit=1").body()).hasSize(1);
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
