package dev.clearspan.console.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.console.metric.Points;
import dev.clearspan.console.trace.Logs;
import dev.clearspan.console.trace.Spans;
import dev.clearspan.console.trace.TraceId;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OTLP over gRPC, as stock grpc-java sends it. */
class OtlpGrpcTest {
  private static final TraceId ID = new TraceId(0x1111222233334444L, 7);
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private final FakeSink sink = new FakeSink();
  private @Nullable OtlpReceiver receiver;
  private @Nullable ManagedChannel channel;

  private TraceServiceGrpc.TraceServiceBlockingStub start(IntakeConfig config) {
    OtlpReceiver started =
        OtlpReceiver.start(config, sink, metrics -> new MetricSink.Outcome(1, 1, "one bad"));
    receiver = started;
    ManagedChannel opened =
        NettyChannelBuilder.forAddress("127.0.0.1", started.grpcPort()).usePlaintext().build();
    channel = opened;
    return TraceServiceGrpc.newBlockingStub(opened).withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws InterruptedException {
    ManagedChannel opened = channel;
    if (opened != null) {
      assertThat(opened.shutdownNow().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
    OtlpReceiver started = receiver;
    if (started != null) {
      started.close();
    }
  }

  private static IntakeConfig anyPorts() {
    return IntakeConfig.DEFAULT.withPort(0).withMaxBodyBytes(1 << 20);
  }

  private static ExportTraceServiceRequest request(Span.Builder... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(Spans.from("orders", spans))
        .build();
  }

  private static Span.Builder span() {
    return Spans.server(ID, 1, 0, "shop.Orders/Place", NOON, 5, "OK");
  }

  @Test
  void takesSpansPlainAndGzipped() {
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts());
    assertThat(traces.export(request(span())).hasPartialSuccess()).isFalse();
    assertThat(traces.withCompression("gzip").export(request(span())).hasPartialSuccess())
        .isFalse();
    assertThat(sink.batches).hasSize(2);
  }

  @Test
  void whatIsUnusableIsNamedInPartialSuccess() {
    Span.Builder bad = span().clearTraceId();
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts());
    ExportTraceServiceResponse answer = traces.export(request(span(), bad));
    assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(answer.getPartialSuccess().getErrorMessage()).contains("bad id");
    assertThat(
            MetricsServiceGrpc.newBlockingStub(traces.getChannel())
                .export(
                    ExportMetricsServiceRequest.newBuilder()
                        .addResourceMetrics(Points.from("orders"))
                        .build())
                .getPartialSuccess()
                .getRejectedDataPoints())
        .isEqualTo(1);
  }

  @Test
  void takesLogsOfTraces_andSaysHowManyOthersItLeft() {
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts());
    ExportLogsServiceResponse answer =
        LogsServiceGrpc.newBlockingStub(traces.getChannel())
            .export(
                ExportLogsServiceRequest.newBuilder()
                    .addResourceLogs(
                        Logs.from("orders", Logs.line(ID, 1, NOON, "INFO", "hello"))
                            .mergeFrom(
                                Logs.from(
                                        "orders",
                                        Logs.line(ID, 1, NOON, "INFO", "of none").clearTraceId())
                                    .build()))
                    .build());
    assertThat(sink.logs).hasSize(1);
    assertThat(answer.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
    assertThat(answer.getPartialSuccess().getErrorMessage()).contains("without a trace id");
  }

  @Test
  void aFullQueueIsUnavailable_withRetryInfo() {
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts());
    sink.full.set(true);
    StatusRuntimeException refused = refused(traces, request(span()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    Metadata trailers = refused.getTrailers();
    assertThat(trailers).isNotNull();
    assertThat(new String(trailers.get(DETAILS), StandardCharsets.ISO_8859_1))
        .contains("type.googleapis.com/google.rpc.RetryInfo");
    sink.full.set(false);
    assertThat(traces.export(request(span())).hasPartialSuccess()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"identity, 2", "gzip, 16"})
  void whatIsTooLargeIsNotSentAgain_andCounted(String compression, int mebibytes) {
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts());
    Span.Builder large = span().setName("x".repeat(mebibytes << 20));
    assertThat(refused(traces.withCompression(compression), request(large)).getStatus().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(traces.export(request(span())).hasPartialSuccess()).isFalse();
    assertThat(refusals()).isEqualTo(1);
  }

  @Test
  void bytesThatAreNoRequestAreRefused_andTheConnectionGoesOn() {
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts());
    Random random = new Random(1);
    int refused = 0;
    for (int run = 0; run < 200; run++) {
      byte[] hostile = request(span()).toByteArray();
      for (int n = 0; n < 3; n++) {
        hostile[random.nextInt(hostile.length)] = (byte) random.nextInt();
      }
      Status ending = sendRaw(traces.getChannel(), hostile);
      assertThat(ending.getCode()).isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
      refused += ending.isOk() ? 0 : 1;
    }
    assertThat(refused).isBetween(1, 199);
    assertThat(refusals()).isEqualTo(refused);
    assertThat(traces.export(request(span())).hasPartialSuccess()).isFalse();
  }

  private long refusals() {
    return Objects.requireNonNull(receiver).state().rejectedRequests();
  }

  private static Status sendRaw(Channel channel, byte[] body) {
    MethodDescriptor<byte[], byte[]> raw =
        TraceServiceGrpc.getExportMethod().toBuilder(new RawBytes(), new RawBytes()).build();
    try {
      ClientCalls.blockingUnaryCall(
          channel, raw, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS), body);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  private static final class RawBytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aTokenIsAskedForAsOverHttp() {
    TraceServiceGrpc.TraceServiceBlockingStub traces = start(anyPorts().withToken("s3cret"));
    assertThat(refused(traces, request(span())).getStatus().getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer s3cret");
    assertThat(
            traces
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .export(request(span()))
                .hasPartialSuccess())
        .isFalse();
  }

  @Test
  void itCanBeSwitchedOff_andATakenPortIsNamed() throws Exception {
    OtlpReceiver httpOnly =
        OtlpReceiver.start(
            anyPorts().withGrpcPort(-1), sink, metrics -> new MetricSink.Outcome(0, 0, ""));
    receiver = httpOnly;
    assertThat(httpOnly.grpcPort()).isEqualTo(-1);
    try (ServerSocket taken = new ServerSocket(0)) {
      IntakeConfig config = anyPorts().withGrpcPort(taken.getLocalPort());
      assertThatThrownBy(() -> start(config))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("CLEARSPAN_OTLP_GRPC_PORT");
    }
    assertThatThrownBy(() -> anyPorts().withGrpcPort(-2))
        .hasMessageContaining("CLEARSPAN_OTLP_GRPC_PORT: -2");
  }

  private static StatusRuntimeException refused(
      TraceServiceGrpc.TraceServiceBlockingStub traces, ExportTraceServiceRequest request) {
    try {
      ExportTraceServiceResponse answer = traces.export(request);
      throw new AssertionError("taken: " + answer);
    } catch (StatusRuntimeException e) {
      return e;
    }
  }
}
