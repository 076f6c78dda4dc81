package dev.clearspan.rpc.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What servers that are no good gRPC servers make of a call: one clear error each. */
class ForeignServerTest {
  private static final byte[] HI = StringValue.of("hi").toByteArray();
  private static final String[] OK = {"grpc-status", "0"};

  @Test
  void aWellBehavedOneIsUnderstood() throws Exception {
    AttemptResult<StringValue> result =
        answerTo(
            request ->
                request
                    .ok()
                    .message(HI)
                    .trailers("grpc-status", "0", "tenant", "acme", "trace-bin", "q80="));
    assertThat(TestCaller.textOf(result)).isEqualTo("hi");
    AttemptResult.Replied<StringValue> reply = (AttemptResult.Replied<StringValue>) result;
    assertThat(reply.metadata().first("tenant")).isEqualTo("acme");
    assertThat(reply.metadata().firstBinary("trace-bin")).containsExactly(0xab, 0xcd);
  }

  @Test
  void aMessageInManyPiecesIsPutTogether() throws Exception {
    AttemptResult<StringValue> result =
        answerTo(
            request -> {
              request.ok().data(false, (byte) 0, (byte) 0).data(false, (byte) 0, (byte) 0);
              request.data(false, (byte) HI.length);
              for (byte each : HI) {
                request.data(false, each);
              }
              request.trailers("grpc-status", "0");
            });
    assertThat(TestCaller.textOf(result)).isEqualTo("hi");
  }

  @Test
  void richErrorDetailsComeWithTheStatus() throws Exception {
    AttemptResult<StringValue> result =
        answerTo(
            request ->
                trailersOnly(request, "grpc-status", "9", "grpc-status-details-bin", "CAkSAm5v"));
    assertThat(result.status().code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(
            ((AttemptResult.Replied<StringValue>) result)
                .metadata()
                .firstBinary("grpc-status-details-bin"))
        .containsExactly(8, 9, 18, 2, 'n', 'o');
  }

  @Test
  void htmlWith503IsUnavailableAndShown() throws Exception {
    assertError(
        request ->
            request
                .headers(false, "503", "content-type", "text/html")
                .data(true, "<h1>down</h1>".getBytes(StandardCharsets.UTF_8)),
        Code.UNAVAILABLE,
        "not a gRPC reply: HTTP status 503, content-type text/html"
            + " (expected: 200, application/grpc): <h1>down</h1>");
  }

  @Test
  void httpErrorWithoutBodyIsMappedByItsStatus() throws Exception {
    assertError(request -> request.headers(true, "401"), Code.UNAUTHENTICATED, "HTTP status 401");
    assertError(request -> request.headers(true, "403"), Code.PERMISSION_DENIED, "403");
    assertError(request -> request.headers(true, "404"), Code.UNIMPLEMENTED, "404");
    assertError(request -> request.headers(true, "429"), Code.UNAVAILABLE, "429");
    assertError(request -> request.headers(true, "500"), Code.UNKNOWN, "500");
  }

  @Test
  void aStatusOfGrpcWinsOverHttps() throws Exception {
    assertError(
        request ->
            request.headers(
                true, "503", "content-type", "text/html", "grpc-status", "5", "grpc-message", "no"),
        Code.NOT_FOUND,
        "no");
  }

  @Test
  void anotherContentTypeIsNamed() throws Exception {
    assertError(
        request -> request.headers(false, "200", "content-type", "application/json").data(true, HI),
        Code.UNKNOWN,
        "content-type application/json (expected: 200, application/grpc)");
  }

  @Test
  void trailersWithoutStatusAreNamed() throws Exception {
    assertError(
        request -> request.ok().message(HI).trailers("x", "y"),
        Code.UNKNOWN,
        "trailers without grpc-status");
  }

  @Test
  void aStreamThatJustEndsIsNamed() throws Exception {
    assertError(
        request -> request.ok().data(true),
        Code.INTERNAL,
        "the stream ended without a status (expected: trailers)");
  }

  @Test
  void okWithoutAMessageIsNoReply() throws Exception {
    assertError(
        request -> request.ok().trailers("grpc-status", "0"),
        Code.INTERNAL,
        "no message (expected: 1)");
  }

  @Test
  void twoMessagesAreOneTooMany() throws Exception {
    assertError(
        request -> request.ok().message(HI).message(HI).trailers("grpc-status", "0"),
        Code.INTERNAL,
        "2 messages (expected: 1)");
  }

  @Test
  void halfAMessageIsNamed() throws Exception {
    assertError(
        request -> request.ok().data(false, (byte) 0, (byte) 0).trailers("grpc-status", "0"),
        Code.INTERNAL,
        "ended in the middle of a message");
  }

  @Test
  void anEmptyOrStrangeStatusIsUnknown() throws Exception {
    assertError(request -> trailersOnly(request, "grpc-status", ""), Code.UNKNOWN, "");
    assertError(request -> trailersOnly(request, "grpc-status", "99"), Code.UNKNOWN, "");
    assertError(request -> trailersOnly(request, "grpc-status", "-1"), Code.UNKNOWN, "");
  }

  @Test
  void badPercentEncodingIsTakenAsItStands() throws Exception {
    assertError(
        request -> trailersOnly(request, "grpc-status", "9", "grpc-message", "100%zz of %41%"),
        Code.FAILED_PRECONDITION,
        "100%zz of A%");
  }

  @Test
  void anUndecodableMessageIsNamed() throws Exception {
    assertError(
        request -> request.ok().message((byte) 0xff).trailers("grpc-status", "0"),
        Code.INTERNAL,
        "not a google.protobuf.StringValue");
  }

  @Test
  void aMessageOverTheLimitIsRefusedBeforeItCame() throws Exception {
    assertError(
        request -> request.ok().data(false, (byte) 0, (byte) 0x7f, (byte) 0, (byte) 0, (byte) 0),
        Code.RESOURCE_EXHAUSTED,
        "2130706432 bytes (expected: <= 4194304)");
  }

  @Test
  void packedRepliesAreUnpackedAndBombsAreNot() throws Exception {
    assertThat(TestCaller.textOf(answerTo(request -> packing(request).packed(HI).trailers(OK))))
        .isEqualTo("hi");
    assertError(
        request -> packing(request).packed(new byte[16 * 1024 * 1024]).trailers(OK),
        Code.RESOURCE_EXHAUSTED,
        "inflates to more than");
    assertError(
        request ->
            packing(request)
                .data(false, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 1)
                .data(false, (byte) 7),
        Code.INTERNAL,
        "(expected: gzip)");
  }

  private static ScriptedServer.Request packing(ScriptedServer.Request request) {
    return request.headers(
        false, "200", "content-type", "application/grpc", "grpc-encoding", "gzip");
  }

  @Test
  void anUnknownEncodingIsNamed() throws Exception {
    assertError(
        request ->
            request.headers(
                false, "200", "content-type", "application/grpc", "grpc-encoding", "snappy"),
        Code.INTERNAL,
        "grpc-encoding: snappy (expected: identity or gzip)");
  }

  @Test
  void compressedBytesWithoutAnEncodingAreNamed() throws Exception {
    assertError(
        request -> request.ok().data(false, (byte) 1, (byte) 0, (byte) 0, (byte) 0, (byte) 0),
        Code.INTERNAL,
        "compressed message");
  }

  @Test
  void metadataOverTheLimitIsNamed() throws Exception {
    assertError(
        request ->
            request.ok().message(HI).trailers("grpc-status", "0", "large", "x".repeat(9_000)),
        Code.RESOURCE_EXHAUSTED,
        "metadata bytes: 9005 (expected: <= 8192)");
  }

  @Test
  void headersOverTheLimitEndTheCallNotTheConnection() throws Exception {
    assertError(
        request ->
            request.headers(
                false, "200", "content-type", "application/grpc", "x", "y".repeat(17_000)),
        Code.RESOURCE_EXHAUSTED,
        "Header size exceeded max allowed size (16384)");
  }

  @Test
  void resetsAreMappedAsGrpcSays() throws Exception {
    assertError(request -> request.reset(Http2Error.CANCEL), Code.CANCELLED, "CANCEL");
    assertError(
        request -> request.reset(Http2Error.ENHANCE_YOUR_CALM),
        Code.RESOURCE_EXHAUSTED,
        "the server reset the stream: ENHANCE_YOUR_CALM");
    assertError(request -> request.reset(Http2Error.INTERNAL_ERROR), Code.INTERNAL, "INTERNAL");
    assertError(
        request -> request.reset(Http2Error.INADEQUATE_SECURITY), Code.PERMISSION_DENIED, "");
  }

  @Test
  void aRefusedStreamMayGoElsewhere() throws Exception {
    assertThat(answerTo(request -> request.reset(Http2Error.REFUSED_STREAM)))
        .isInstanceOf(AttemptResult.Refused.class);
  }

  @Test
  void informationalHeadersAreSkipped() throws Exception {
    AttemptResult<StringValue> result =
        answerTo(
            request -> request.headers(false, "103").ok().message(HI).trailers("grpc-status", "0"));
    assertThat(TestCaller.textOf(result)).isEqualTo("hi");
  }

  @Test
  void aLostConnectionLeavesTheOutcomeOpen() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(request -> {});
        TestCaller caller = TestCaller.overGrpc(server.port())) {
      caller.awaitState(ConnectionState.READY);
      TestCaller.Sent sent = caller.send(EchoService.ECHO, "", Duration.ofSeconds(10));
      await().until(() -> server.requests.size() == 1);
      server.hangUp();
      assertThat(sent.await(Duration.ofSeconds(5))).isInstanceOf(AttemptResult.Unknown.class);
    }
  }

  private static ScriptedServer.Request trailersOnly(
      ScriptedServer.Request request, String... fields) {
    String[] all = new String[fields.length + 2];
    all[0] = "content-type";
    all[1] = "application/grpc";
    System.arraycopy(fields, 0, all, 2, fields.length);
    return request.headers(true, "200", all);
  }

  private static void assertError(
      Consumer<ScriptedServer.Request> script, Code code, String message) throws Exception {
    AttemptResult<StringValue> result = answerTo(script);
    assertThat(result).isInstanceOf(AttemptResult.Replied.class);
    assertThat(result.status().code()).isEqualTo(code);
    assertThat(result.status().message()).contains(message);
  }

  /** The result of one call; the connection must be good for a second one. */
  private static AttemptResult<StringValue> answerTo(Consumer<ScriptedServer.Request> script)
      throws Exception {
    Consumer<ScriptedServer.Request> firstOnly =
        request -> {
          if (request.streamId() == 3) {
            script.accept(request);
          } else {
            request.ok().message(HI).trailers("grpc-status", "0");
          }
        };
    try (ScriptedServer server = ScriptedServer.answering(firstOnly);
        TestCaller caller = TestCaller.overGrpc(server.port())) {
      caller.awaitState(ConnectionState.READY);
      AttemptResult<StringValue> result = caller.call(EchoService.ECHO, "");
      assertThat(TestCaller.textOf(caller.call(EchoService.ECHO, ""))).isEqualTo("hi");
      assertThat(server.connections()).isEqualTo(1);
      assertThat(caller.connection.inFlight()).isZero();
      return result;
    }
  }
}
