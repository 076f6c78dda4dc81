package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.ledger.TraceContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Http2Headers headers = new DefaultHttp2Headers(false);

  @ParameterizedTest
  @CsvSource({
    "application/grpc,",
    "application/grpc+proto, proto",
    "application/grpc+json, json",
    "application/grpc+proto;charset=utf-8, proto",
    "application/grpc;v=1,"
  })
  void grpcContentTypesNameTheirCodec(String type, String codec) {
    headers.add(GrpcNames.CONTENT_TYPE, type);
    assertThat(read().isGrpc()).isTrue();
    assertThat(read().codec()).isEqualTo(codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "application/json", "application/grpc-web", "text/grpc"})
  void otherContentTypesAreNotGrpc(String type) {
    headers.add(GrpcNames.CONTENT_TYPE, type);
    assertThat(read().isGrpc()).isFalse();
  }

  @Test
  void withoutATimeoutThereIsAYear() {
    assertThat(read().timeoutNanos()).isEqualTo(GrpcTimeout.MOST_NANOS);
    headers.add(GrpcNames.TIMEOUT, "20m");
    assertThat(read().timeoutNanos()).isEqualTo(20_000_000);
  }

  @Test
  void encodingsAreThoseOfThisServerOrUnknown() {
    assertThat(read().sendsGzip()).isFalse();
    headers.set(GrpcNames.ENCODING, "gzip");
    assertThat(read().sendsGzip()).isTrue();
    headers.set(GrpcNames.ENCODING, "zstd");
    assertThat(String.valueOf(read().unknownEncoding())).isEqualTo("zstd");
  }

  @Test
  void acceptedEncodingsAreAList() {
    assertThat(read().takesGzip()).isFalse();
    headers.add(GrpcNames.ACCEPT_ENCODING, "identity, deflate, gzip");
    assertThat(read().takesGzip()).isTrue();
  }

  @Test
  void theTraceSaysWhetherItIsKept() {
    headers.add(GrpcNames.TRACE_PARENT, TRACE);
    TraceContext plain =
        new TraceContext(
            0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L, (byte) 1, (byte) 0);
    assertThat(read().trace()).isEqualTo(plain);
    headers.add(GrpcNames.KEEP, "1");
    assertThat(read().trace())
        .extracting(TraceContext::clearspanFlags)
        .isEqualTo(TraceContext.KEEP);
  }

  @Test
  void whatIsNotTheProtocolsIsMetadata() {
    headers.method("POST").path("/a.B/C").scheme("http").authority("x");
    headers.add(GrpcNames.TE, "trailers").add(GrpcNames.CLEARSPAN_CLIENT, "1");
    assertThat(read().metadata(Limits.DEFAULT)).isSameAs(Metadata.EMPTY);
    headers.add("tenant", "acme");
    assertThat(read().metadata(Limits.DEFAULT)).isEqualTo(Metadata.EMPTY.with("tenant", "acme"));
    headers.add("key-bin", "!");
    assertThatThrownBy(() -> read().metadata(Limits.DEFAULT))
        .hasMessageContaining("INVALID_ARGUMENT");
  }

  private RequestHead read() {
    return RequestHead.read(headers);
  }
}
