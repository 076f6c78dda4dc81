package dev.clearspan.console.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.MutableClock;
import dev.clearspan.console.identity.ExternalSession;
import dev.clearspan.rpc.internal.tls.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's side of a provider that comes and goes, and whose certificate is its own. */
class OidcProviderTest {
  private static final URI BACK = URI.create("https://console.example/sign-in");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

  @TempDir Path directory;

  private final MutableClock clock = new MutableClock();

  private TestAuthority authority(String name) throws Exception {
    return new TestAuthority(directory.resolve(name));
  }

  private static TestProvider shownBy(TestAuthority authority) throws Exception {
    X509Bundle certificate =
        authority.issue(to -> to.subject("CN=login").addSanDnsName("localhost"));
    KeyManagerFactory keys = certificate.toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return new TestProvider(context);
  }

  private OidcSignIn asked(OidcConfig config) {
    OidcSignIn signIn = new OidcSignIn(config, clock);
    signIn.run();
    return signIn;
  }

  @Test
  void aPrivateAuthority_isBelievedIfItIsNamed() throws Exception {
    TestAuthority own = authority("own");
    try (TestProvider provider = shownBy(own)) {
      OidcSignIn signIn = asked(provider.config("staff=viewer", own.authorities()));
      assertThat(signIn.state().problem()).isEmpty();
      assertThat(signIn.state().available()).isTrue();
    }
  }

  @Test
  void anotherAuthority_isRefused_andWhatToSetIsSaid() throws Exception {
    try (TestProvider provider = shownBy(authority("own"))) {
      Path wrong = authority("wrong").authorities();
      OidcSignIn believing = asked(provider.config("staff=viewer", wrong));
      assertThat(believing.state().available()).isFalse();
      assertThat(believing.state().problem())
          .contains(provider.issuer().toString())
          .contains("expected: a certificate for this host from an authority in CLEARSPAN_OIDC_CA")
          .contains(wrong.toString());
      OidcSignIn plain = asked(provider.config("staff=viewer"));
      assertThat(plain.state().available()).isFalse();
      assertThat(plain.state().problem()).contains("set CLEARSPAN_OIDC_CA to a PEM file");
    }
  }

  @Test
  void aCertificateOfAnotherHost_isRefused() throws Exception {
    TestAuthority own = authority("own");
    X509Bundle other = own.issue(to -> to.subject("CN=x").addSanDnsName("other.example"));
    KeyManagerFactory keys = other.toKeyManagerFactory();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    try (TestProvider provider = new TestProvider(context)) {
      OidcSignIn signIn = asked(provider.config("staff=viewer", own.authorities()));
      assertThat(signIn.state().available()).isFalse();
    }
  }

  @Test
  void aFileThatIsReplaced_isReadAgain_andOneThatIsNoneChangesNothing() throws Exception {
    TestAuthority own = authority("own");
    Path file = authority("wrong").authorities();
    try (TestProvider provider = shownBy(own)) {
      OidcSignIn signIn = asked(provider.config("staff=viewer", file));
      assertThat(signIn.state().available()).isFalse();
      Files.writeString(file, "half of a file");
      again(signIn, BETWEEN_TRIES);
      assertThat(signIn.state().problem()).contains("CLEARSPAN_OIDC_CA");
      Files.copy(own.authorities(), directory.resolve("next"));
      Files.move(directory.resolve("next"), file, StandardCopyOption.REPLACE_EXISTING);
      again(signIn, BETWEEN_TRIES);
      assertThat(signIn.state().available()).isTrue();
      Files.delete(file);
      again(signIn, HOUR);
      assertThat(signIn.state().available()).as("what was read holds on").isTrue();
    }
  }

  private void again(OidcSignIn signIn, Duration later) {
    clock.advance(later);
    signIn.run();
  }

  @Test
  void beforeTheFileWasRead_nobodyIsAsked_notEvenByTheJdksAuthorities() {
    try (TestProvider provider = new TestProvider()) {
      Path missing = directory.resolve("missing.crt");
      OidcSignIn signIn = asked(provider.config("staff=viewer", missing));
      assertThat(signIn.state().available()).isFalse();
      assertThat(signIn.state().problem()).contains("CLEARSPAN_OIDC_CA: " + missing);
    }
  }

  @Test
  void aFileWithoutCertificates_endsTheStart_andIsNamed() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.crt"), "");
    Path text = Files.writeString(directory.resolve("text.crt"), "no certificate");
    for (Path file : new Path[] {empty, text, directory.resolve("missing.crt"), directory}) {
      assertThatThrownBy(() -> OidcConfig.from(settings("CA", file.toString())))
          .as(file.toString())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("CLEARSPAN_OIDC_CA: " + file)
          .hasMessageContaining("expected: a PEM file of certificates");
    }
    assertThat(OidcConfig.from(settings("CA", authority("own").authorities().toString())))
        .isPresent();
  }

  @Test
  void aWrongWordForSigningOut_isNamed() {
    assertThatThrownBy(() -> OidcConfig.from(settings("SIGN_OUT", "maybe")))
        .hasMessage("CLEARSPAN_OIDC_SIGN_OUT: \"maybe\" (expected: provider or console)");
    assertThat(OidcConfig.from(settings("SIGN_OUT", "console")).orElseThrow().signOutThere())
        .isFalse();
  }

  private static Map<String, String> settings(String name, String value) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "CLEARSPAN_OIDC_ISSUER", "https://login.example",
                "CLEARSPAN_OIDC_CLIENT_ID", "clearspan",
                "CLEARSPAN_OIDC_ROLES", "staff=viewer"));
    settings.put("CLEARSPAN_OIDC_" + name, value);
    return settings;
  }

  @Test
  void aProviderThatDidNotAnswerLast_isNotGoneToForSigningOut() {
    try (TestProvider provider = new TestProvider()) {
      OidcSignIn signIn = asked(provider.config("staff=viewer"));
      ExternalSession ended = new ExternalSession(provider.issuer().toString(), null);
      Farewell farewell = signIn.farewell(ended, BACK).orElseThrow();
      assertThat(farewell.location().toString()).startsWith(provider.issuer() + "/endsession?");
      assertThat(farewell.toString()).doesNotContain("client_id");
      provider.close();
      again(signIn, HOUR);
      assertThat(signIn.farewell(ended, BACK)).isEmpty();
    }
  }

  @Test
  void aSessionOfAnotherIssuer_doesNotEndAtThisOne() {
    try (TestProvider provider = new TestProvider()) {
      OidcSignIn signIn = asked(provider.config("staff=viewer"));
      ExternalSession foreign = new ExternalSession("https://former.example", "a.b.c");
      assertThat(signIn.farewell(foreign, BACK)).isEmpty();
    }
  }

  @Test
  void addressesForSecretsAndPeople_mustBeEncrypted() {
    for (String endpoint : new String[] {"userinfo_endpoint", "end_session_endpoint"}) {
      for (String address : new String[] {"http://evil.example/x", "https://u:p@host/x"}) {
        try (TestProvider provider = new TestProvider()) {
          provider.document(document -> document.put(endpoint, address));
          OidcSignIn signIn = asked(provider.config("staff=viewer"));
          assertThat(signIn.state().available()).isFalse();
          assertThat(signIn.state().problem()).contains(endpoint + ": \"" + address + "\"");
        }
      }
    }
  }
}
