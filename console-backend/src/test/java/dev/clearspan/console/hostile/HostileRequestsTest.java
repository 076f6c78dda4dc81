package dev.clearspan.console.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of hostile requests ({@code *.http} beside this class): each is refused as it says
 * there, tells nothing that is not for the sender, changes nothing, and leaves the console at work.
 */
class HostileRequestsTest {
  private static final List<String> FILES =
      List.of(
          "csrf",
          "intake",
          "invoke",
          "json",
          "oidc",
          "parameters",
          "protocol",
          "session",
          "spoofing",
          "traversal");

  /** A file of the machine, a password's hash, a stack trace, a way or invitation elsewhere. */
  private static final Pattern TELLTALE =
      Pattern.compile(
          "root:x:0|\\$argon2|\\n\\s+at [a-z]+\\.|Caused by:|Access-Control-Allow-Origin|\\nLocation:\\s*(//|[a-z]+:)",
          Pattern.CASE_INSENSITIVE);

  private static Victim victim;
  private static List<String> before;

  @BeforeAll
  static void start() {
    victim = new Victim();
    before = victim.state();
  }

  @AfterAll
  static void nothingHasChanged() {
    try (Victim last = victim) {
      assertThat(last.state()).isEqualTo(before);
    }
  }

  static Stream<HostileRequest> requests() {
    return FILES.stream().flatMap(HostileRequestsTest::requests);
  }

  private static Stream<HostileRequest> requests(String file) {
    return Pattern.compile("^### ", Pattern.MULTILINE)
        .splitAsStream(text(file + ".http"))
        .filter(text -> !text.isBlank())
        .map(text -> HostileRequest.parse(file, text));
  }

  private static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(HostileRequestsTest.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void corpusIsLarge() {
    assertThat(requests()).hasSizeGreaterThanOrEqualTo(250).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isRefused(HostileRequest request) throws IOException {
    int port = request.toIntake() ? victim.intakePort() : victim.port();
    byte[] bytes = request.bytes(victim.placeholders());
    RawHttp.Answer answer = RawHttp.exchange(port, bytes);

    assertThat(request.answers()).as(() -> excerpt(answer)).contains(answer.kind());
    assertThat(answer.count()).as(() -> excerpt(answer)).isLessThanOrEqualTo(1);
    assertThat(answer.text()).doesNotContainPattern(TELLTALE);
    victim.secrets().forEach(secret -> assertThat(answer.text()).doesNotContain(secret));
    assertThat(victim.answers()).isTrue();
  }

  private static String excerpt(RawHttp.Answer answer) {
    String text = answer.text();
    return text.length() > 1500 ? text.substring(0, 1500) + " ..." : text;
  }
}
