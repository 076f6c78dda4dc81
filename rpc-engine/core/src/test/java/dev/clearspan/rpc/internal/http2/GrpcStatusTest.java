package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Status.Code;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcStatusTest {
  private final Http2Headers trailers = new DefaultHttp2Headers();

  @ParameterizedTest
  @EnumSource(Code.class)
  void everyCodeSurvivesTheTrailers(Code code) {
    Status status = Status.of(code, "naïve 50%");
    GrpcStatus.write(status, trailers);
    assertThat(GrpcStatus.read(trailers)).isEqualTo(status);
  }

  @Test
  void okHasNoMessage() {
    GrpcStatus.write(Status.OK, trailers);
    assertThat(trailers).hasSize(1);
    assertThat(GrpcStatus.read(trailers)).isSameAs(Status.OK);
  }

  @Test
  void trailersWithoutStatusTellNone() {
    assertThat(GrpcStatus.read(trailers)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "17", "9999999999"})
  void whatIsNoCodeIsUnknown(String number) {
    trailers.add(GrpcNames.STATUS, number);
    assertThat(GrpcStatus.read(trailers)).isEqualTo(Status.of(Code.UNKNOWN, ""));
  }

  @Test
  void otherEndingsHaveTheirCodes() {
    assertThat(GrpcStatus.ofHttp(404)).isEqualTo(Code.UNIMPLEMENTED);
    assertThat(GrpcStatus.ofHttp(503)).isEqualTo(Code.UNAVAILABLE);
    assertThat(GrpcStatus.ofHttp(500)).isEqualTo(Code.UNKNOWN);
    assertThat(GrpcStatus.ofReset(7)).isEqualTo(Code.UNAVAILABLE);
    assertThat(GrpcStatus.ofReset(8)).isEqualTo(Code.CANCELLED);
    assertThat(GrpcStatus.ofReset(11)).isEqualTo(Code.RESOURCE_EXHAUSTED);
    assertThat(GrpcStatus.ofReset(0)).isEqualTo(Code.INTERNAL);
    assertThat(GrpcStatus.ofReset(4711)).isEqualTo(Code.UNKNOWN);
  }
}
