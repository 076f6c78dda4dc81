package dev.clearspan.console.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SealedTextTest {
  private final String secret = Secrets.create();

  @Test
  void onlyItsSecretOpensIt_andEachSealIsAnother() {
    byte[] sealed = SealedText.seal("head.body.signature", secret);
    assertThat(SealedText.open(sealed, secret)).contains("head.body.signature");
    assertThat(SealedText.open(sealed, Secrets.create())).isEmpty();
    assertThat(SealedText.open(sealed, Secrets.fingerprint(secret))).isEmpty();
    assertThat(SealedText.seal("head.body.signature", secret)).isNotEqualTo(sealed);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("body");
  }

  @Test
  void whatWasChangedOrCut_isNotOpened() {
    byte[] sealed = SealedText.seal("text", secret);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(SealedText.open(changed, secret)).as("byte %d", i).isEmpty();
      assertThat(SealedText.open(Arrays.copyOf(sealed, i), secret)).as("%d bytes", i).isEmpty();
    }
  }
}
