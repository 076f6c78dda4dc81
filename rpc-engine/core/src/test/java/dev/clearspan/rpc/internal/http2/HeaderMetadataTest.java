package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;

class HeaderMetadataTest {
  private static final byte[] BYTES = {0, (byte) 0xff, 10, 13, ','};

  private final Http2Headers headers = new DefaultHttp2Headers(false);

  @Test
  void whatIsWrittenIsReadBack() {
    Metadata metadata =
        Metadata.EMPTY.with("tenant", "acme").with("tenant", "zeta").withBinary("key-bin", BYTES);
    HeaderMetadata.write(metadata, headers);
    assertThat(read()).isEqualTo(metadata);
  }

  @Test
  void headersOfTheProtocolAreNoMetadata() {
    headers.path("/a.B/C").method("POST");
    headers.add(GrpcNames.TE, "trailers").add(GrpcNames.CONTENT_TYPE, "application/grpc");
    headers.add(GrpcNames.TIMEOUT, "1S").add(GrpcNames.ENCODING, "gzip").add("traceparent", "x");
    headers.add(GrpcNames.CLEARSPAN_CLIENT, "1").add("with!mark", "x");
    assertThat(read()).isSameAs(Metadata.EMPTY);
  }

  @Test
  void statusDetailsAndPushbackAreForUsers() {
    headers.add(GrpcNames.STATUS_DETAILS, "CAUSBG5vcGU").add("grpc-retry-pushback-ms", "20");
    assertThat(read().entries()).hasSize(2);
  }

  @Test
  void binaryValuesMayBePaddedAndJoined() {
    headers.add("key-bin", "AP8KDSw=, AQ ,Ag==");
    assertThat(read().entries())
        .extracting(Metadata.Entry::value)
        .containsExactly("AP8KDSw", "AQ", "Ag");
    assertThat(read().firstBinary("key-bin")).isEqualTo(BYTES);
  }

  @Test
  void commasOfTextValuesAreText() {
    headers.add("list", "a,b");
    assertThat(read().first("list")).isEqualTo("a,b");
  }

  @Test
  void whatIsNotBase64IsRefused() {
    headers.add("key-bin", "!!");
    assertThatThrownBy(this::read)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key-bin")
        .hasMessageContaining("expected: base64");
  }

  @Test
  void tooMuchIsRefused() {
    headers.add("long", "x".repeat(Metadata.MAX_BYTES));
    assertThatThrownBy(this::read).hasMessageContaining("metadata bytes: 8196 (expected: <= 8192)");
  }

  private Metadata read() {
    return HeaderMetadata.read(headers, Limits.DEFAULT);
  }
}
