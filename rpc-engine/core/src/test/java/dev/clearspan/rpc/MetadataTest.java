package dev.clearspan.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MetadataTest {
  private static final byte[] BYTES = {0, 1, (byte) 0xfe};

  @Test
  void binaryValuesAreHeldAsUnpaddedBase64() {
    Metadata metadata = Metadata.EMPTY.withBinary("Trace-Bin", BYTES);
    assertThat(metadata.first("trace-bin")).isEqualTo("AAH+");
    assertThat(metadata.firstBinary("trace-bin")).isEqualTo(BYTES);
    assertThat(metadata.entries().get(0).isBinary()).isTrue();
  }

  @Test
  void paddingMakesNoDifference() {
    assertThat(Metadata.EMPTY.with("a-bin", "AQ==")).isEqualTo(Metadata.EMPTY.with("a-bin", "AQ"));
  }

  @Test
  void binaryValuesNeedABinaryKey() {
    assertThatThrownBy(() -> Metadata.EMPTY.withBinary("trace", BYTES))
        .hasMessageContaining("trace (expected: one that ends in -bin)");
    assertThatThrownBy(() -> Metadata.EMPTY.with("trace-bin", "not base64"))
        .hasMessageContaining("expected: base64");
  }

  @Test
  void refusesKeysAndValuesThatNoHeaderCanHold() {
    assertThatThrownBy(() -> Metadata.EMPTY.with("", "x")).hasMessageContaining("metadata key");
    assertThatThrownBy(() -> Metadata.EMPTY.with("a b", "x")).hasMessageContaining("a b (expected");
    assertThatThrownBy(() -> Metadata.EMPTY.with("a", "\n"))
        .hasMessageContaining("character 10 at 0 (expected: printable ASCII)");
  }

  @Test
  void keepsOrderWhenJoined() {
    Metadata both = Metadata.EMPTY.with("a", "1").plus(Metadata.EMPTY.with("b", "2"));
    assertThat(both.entries()).extracting(Metadata.Entry::key).containsExactly("a", "b");
    assertThat(both.plus(Metadata.EMPTY)).isSameAs(both);
    assertThat(Metadata.EMPTY.plus(both)).isSameAs(both);
  }
}
