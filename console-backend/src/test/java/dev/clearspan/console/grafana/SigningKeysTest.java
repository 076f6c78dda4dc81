package dev.clearspan.console.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.clearspan.console.MutableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {
  @TempDir Path directory;
  private final MutableClock clock = new MutableClock();

  private SigningKeys open() {
    return SigningKeys.open(directory.resolve("keys.json"), clock);
  }

  private static List<String> published(SigningKeys keys) throws ParseException {
    return JWKSet.parse(keys.published()).getKeys().stream().map(JWK::getKeyID).toList();
  }

  @Test
  void aRestart_changesNothing() throws Exception {
    SigningKeys first = open();
    SigningKeys second = open();
    assertThat(second.signer().getKeyID()).isEqualTo(first.signer().getKeyID());
    assertThat(published(second)).isEqualTo(published(first)).hasSize(2);
  }

  @Test
  void anotherInstall_hasOtherKeys() throws Exception {
    SigningKeys other = SigningKeys.open(directory.resolve("other.json"), clock);
    assertThat(published(other)).doesNotContainAnyElementsOf(published(open()));
  }

  @Test
  void theNextSigner_wasPublishedForAPeriod_andTheLastStaysForADay() throws Exception {
    SigningKeys keys = open();
    List<String> before = published(keys);
    String old = keys.signer().getKeyID();
    clock.advance(SigningKeys.PERIOD.minusSeconds(1));
    assertThat(keys.rotateIfDue()).isFalse();
    clock.advance(Duration.ofSeconds(1));
    assertThat(keys.rotateIfDue()).isTrue();
    assertThat(keys.signer().getKeyID()).isNotEqualTo(old).isIn(before);
    assertThat(published(keys)).hasSize(3).containsAll(before);
    assertThat(keys.rotateIfDue()).isFalse();
    clock.advance(SigningKeys.OVERLAP);
    assertThat(keys.rotateIfDue()).isTrue();
    assertThat(published(keys)).hasSize(2).doesNotContain(old);
    assertThat(published(open())).isEqualTo(published(keys));
  }

  @Test
  void aFileThatOthersCouldRead_isClosedToThem() throws Exception {
    open();
    Path file = directory.resolve("keys.json");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    open();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aDamagedFile_isNamed_withWhatToDo() throws Exception {
    open();
    Path file = directory.resolve("keys.json");
    for (String damaged : new String[] {"", "{}", "{\"keys\":[]}", open().published()}) {
      Files.writeString(file, damaged);
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("keys.json is damaged")
          .hasMessageContaining("Delete it");
    }
  }
}
