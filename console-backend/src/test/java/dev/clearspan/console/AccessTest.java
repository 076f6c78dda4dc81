package dev.clearspan.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.console.web.Access;
import dev.clearspan.console.web.Route;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every route against every role; a route without a word on access is for admins. */
@ExtendWith(SharedConsole.class)
class AccessTest {
  private static String path(Route route) {
    return route.path().replaceAll("\\{\\w+}", "nothing");
  }

  private static Client.Answer send(Client client, Route route) {
    return client.send(route.method().name(), path(route), route.mutates() ? "{}" : null);
  }

  private static List<Route> protectedRoutes(TestConsole console) {
    return console.console().routes().stream()
        .filter(route -> route.access() != Access.OPEN)
        .filter(route -> route.access() != Access.LOOPBACK_OR_VIEWER)
        .toList();
  }

  @Test
  void nobodyUnknownPasses(TestConsole console) {
    assertThat(protectedRoutes(console)).hasSizeGreaterThan(20);
    for (Route route : protectedRoutes(console)) {
      Client.Answer answer = send(console.anonymous(), route);
      assertThat(answer.status()).as("%s %s", route.method().name(), path(route)).isEqualTo(401);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void viewersChangeNothing_andOperatorsManageNoUsers(TestConsole console) {
    Client viewer = console.as("viewer");
    Client operator = console.as("operator");
    for (Route route : protectedRoutes(console)) {
      String name = route.method().name() + " " + path(route);
      if (route.access() == Access.OPERATOR || route.access() == Access.ADMIN) {
        assertThat(send(viewer, route).status()).as(name).isEqualTo(403);
      }
      if (route.access() == Access.ADMIN) {
        assertThat(send(operator, route).status()).as(name).isEqualTo(403);
      }
      if (route.access() == Access.OPERATOR) {
        assertThat(send(operator, route).status()).as(name).isNotIn(401, 403);
      }
    }
  }

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
