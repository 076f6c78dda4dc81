package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What holds for access besides the matrix of {@link RouteRoleTest}. */
@ExtendWith(SharedConsole.class)
class AccessTest {
  @Test
  void onlySigningInAndSigningOutChangeSomethingWithoutTheOperatorRole(TestConsole console) {
    assertThat(
            console.console().routes().stream()
                .filter(Route::mutates)
                .filter(
                    route -> route.access() != Access.OPERATOR && route.access() != Access.ADMIN)
                .map(route -> route.method().name() + " " + route.path()))
        .containsExactlyInAnyOrder(
            "POST /api/v1/services/{service}/policy/check", // stores nothing
            "POST /api/v1/session",
            "DELETE /api/v1/session",
            "PUT /api/v1/session/password",
            "DELETE /api/v1/sessions",
            "POST /api/v1/setup");
  }

  @Test
  void aWrongTokenIsNotAnonymous_butRefused(TestConsole console) {
    Client.Answer answer = console.anonymous().withBearer("guessed").get("/api/v1/topology");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.detail()).contains("token");
  }

  @Test
  void prometheusNeedsNoSignInFromThisMachine_unlessAProxyBringsIt(TestConsole console) {
    Client anonymous = console.anonymous();
    assertThat(anonymous.get("/api/v1/prometheus/targets").status()).isEqualTo(200);
    assertThat(
            anonymous
                .with("X-Forwarded-For", "10.1.2.3")
                .get("/api/v1/prometheus/targets")
                .status())
        .isEqualTo(401);
  }
}
