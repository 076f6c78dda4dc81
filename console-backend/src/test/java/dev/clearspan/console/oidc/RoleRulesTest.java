package dev.clearspan.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.identity.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleRulesTest {
  private static final RoleRules RULES =
      RoleRules.parse(
          "sre=admin, pay=operator:pay*|ledger ,ship=operator:shipping,all=operator,staff=viewer");

  @Test
  void theHighestRoleCounts_andServicesAddUp() {
    assertThat(RULES.of(List.of("staff")).orElseThrow().role()).isEqualTo(Role.VIEWER);
    assertThat(RULES.of(List.of("staff", "pay", "ship")).orElseThrow())
        .isEqualTo(new RoleRules.Rights(Role.OPERATOR, List.of("ledger", "pay*", "shipping")));
    assertThat(RULES.of(List.of("pay", "all")).orElseThrow())
        .isEqualTo(new RoleRules.Rights(Role.OPERATOR, List.of()));
    assertThat(RULES.of(List.of("pay", "sre")).orElseThrow())
        .isEqualTo(new RoleRules.Rights(Role.ADMIN, List.of()));
    assertThat(RULES.of(List.of("SRE", "other"))).isEmpty();
  }

  @Test
  void groupsMayHaveCommasAndEquals() {
    RoleRules rules = RoleRules.parse("cn=ops,ou=groups=operator:pay*;cn=sre,ou=groups=admin");
    assertThat(rules.of(List.of("cn=sre,ou=groups")).orElseThrow().role()).isEqualTo(Role.ADMIN);
    assertThat(rules.of(List.of("cn=ops,ou=groups")).orElseThrow().services())
        .containsExactly("pay*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sre",
        "=admin",
        "sre=root",
        "sre=admin:payments",
        "ops=operator:",
        "ops=operator:Pay",
        "ops=operator:*pay",
        "ops=operator:a||b",
        "staff=viewer:orders",
        "a=admin,,b=viewer"
      })
  void whatCannotBeUsed_isNamed(String text) {
    assertThatThrownBy(() -> RoleRules.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CLEARSPAN_OIDC_ROLES")
        .hasMessageContaining("expected: group=viewer");
  }

  private static Map<String, String> settings(String issuer) {
    Map<String, String> settings = new HashMap<>();
    settings.put("CLEARSPAN_OIDC_ISSUER", issuer);
    settings.put("CLEARSPAN_OIDC_CLIENT_ID", "clearspan");
    settings.put("CLEARSPAN_OIDC_ROLES", "sre=admin");
    return settings;
  }

  @Test
  void settingsAreChecked_andTheSecretIsNotToldOn() {
    assertThat(OidcConfig.from(Map.of())).isEmpty();
    Map<String, String> sound = settings("https://login.example/realms/ops");
    sound.put("CLEARSPAN_OIDC_CLIENT_SECRET", "hush");
    OidcConfig config = OidcConfig.from(sound).orElseThrow();
    assertThat(config.label()).isEqualTo("login.example");
    assertThat(config.scopes()).containsExactly("openid", "profile", "email");
    assertThat(config.toString()).doesNotContain("hush");
    sound.remove("CLEARSPAN_OIDC_ROLES");
    assertThatThrownBy(() -> OidcConfig.from(sound)).hasMessageContaining("CLEARSPAN_OIDC_ROLES");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example",
        "ftp://login.example",
        "https://a:b@login.example",
        "login.example",
        "https://login.example/#x"
      })
  void anIssuerThatIsNotSafe_isRefused(String issuer) {
    assertThatThrownBy(() -> OidcConfig.from(settings(issuer)))
        .hasMessageContaining("CLEARSPAN_OIDC_ISSUER")
        .hasMessageContaining("expected: https");
  }
}
