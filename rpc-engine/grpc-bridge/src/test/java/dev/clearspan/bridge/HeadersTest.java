package dev.clearspan.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Metadata;
import org.junit.jupiter.api.Test;

class HeadersTest {
  private static final io.grpc.Metadata.Key<String> NAME =
      io.grpc.Metadata.Key.of("name", io.grpc.Metadata.ASCII_STRING_MARSHALLER);
  private static final io.grpc.Metadata.Key<byte[]> BYTES =
      io.grpc.Metadata.Key.of("key-bin", io.grpc.Metadata.BINARY_BYTE_MARSHALLER);

  @Test
  void everyValueOfAKeyMakesTheRoundTrip() {
    io.grpc.Metadata metadata = new io.grpc.Metadata();
    metadata.put(NAME, "a");
    metadata.put(NAME, "b");
    metadata.put(BYTES, new byte[] {0, -1});
    metadata.put(BYTES, new byte[0]);

    Metadata ours = Headers.ours(metadata);
    assertThat(ours)
        .isEqualTo(
            Metadata.EMPTY
                .with("name", "a")
                .with("name", "b")
                .with("key-bin", "AP8")
                .with("key-bin", ""));
    io.grpc.Metadata back = Headers.theirs(ours);
    assertThat(back.getAll(NAME)).containsExactly("a", "b");
    assertThat(back.getAll(BYTES)).containsExactly(new byte[] {0, -1}, new byte[0]);
  }

  @Test
  void moreThanClearspanCarriesIsRefused() {
    io.grpc.Metadata metadata = new io.grpc.Metadata();
    metadata.put(NAME, "x".repeat(10_000));

    assertThatThrownBy(() -> Headers.ours(metadata))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metadata size: 10004 bytes");
  }
}
