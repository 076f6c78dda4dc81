package dev.clearspan.rpc.interop;

import com.google.protobuf.ByteString;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import io.grpc.testing.integration.Messages.EchoStatus;
import io.grpc.testing.integration.Messages.Payload;
import io.grpc.testing.integration.Messages.ResponseParameters;
import io.grpc.testing.integration.Messages.SimpleRequest;
import io.grpc.testing.integration.Messages.SimpleResponse;
import io.grpc.testing.integration.Messages.StreamingInputCallRequest;
import io.grpc.testing.integration.Messages.StreamingInputCallResponse;
import io.grpc.testing.integration.Messages.StreamingOutputCallRequest;
import io.grpc.testing.integration.Messages.StreamingOutputCallResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** gRPC's grpc.testing.TestService as its interop description wants it, on our engine. */
public final class InteropService implements RpcService {
  public static final String NAME = "grpc.testing.TestService";
  static final String ECHO_INITIAL = "x-grpc-test-echo-initial";
  static final String ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";

  private static final MethodSpec<StreamingOutputCallRequest, StreamingOutputCallResponse> HALF =
      new MethodSpec<>(
          NAME + "/HalfDuplexCall",
          MethodShape.BIDI_STREAMING,
          Interop.FULL_DUPLEX.kind(),
          false,
          Interop.FULL_DUPLEX.requestCodec(),
          Interop.FULL_DUPLEX.responseCodec());

  /** Handlers that saw their call cancelled. */
  final AtomicInteger cancelled = new AtomicInteger();

  /** Messages that streaming handlers have sent. */
  final AtomicInteger sent = new AtomicInteger();

  /** Streaming handlers that have begun. */
  final AtomicInteger begun = new AtomicInteger();

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        NAME,
        List.of(
            BoundMethod.unary(Interop.EMPTY_CALL, request -> request),
            BoundMethod.unary(Interop.UNARY_CALL, this::unary),
            BoundMethod.stream(Interop.OUTPUT_CALL, this::output),
            BoundMethod.stream(Interop.INPUT_CALL, this::input),
            BoundMethod.stream(Interop.FULL_DUPLEX, this::duplex),
            BoundMethod.stream(HALF, this::half)),
        null);
  }

  private SimpleResponse unary(SimpleRequest request) {
    echoMetadata();
    fail(request.getResponseStatus());
    call().compressReplies(request.getResponseCompressed().getValue());
    return SimpleResponse.newBuilder().setPayload(payload(request.getResponseSize())).build();
  }

  private void output(RpcStream<StreamingOutputCallResponse, StreamingOutputCallRequest> stream) {
    begin();
    StreamingOutputCallRequest request = Objects.requireNonNull(stream.receive());
    send(stream, request);
  }

  private void input(RpcStream<StreamingInputCallResponse, StreamingInputCallRequest> stream) {
    begin();
    int size = 0;
    StreamingInputCallRequest request;
    while ((request = stream.receive()) != null) {
      size += request.getPayload().getBody().size();
    }
    stream.send(StreamingInputCallResponse.newBuilder().setAggregatedPayloadSize(size).build());
  }

  private void duplex(RpcStream<StreamingOutputCallResponse, StreamingOutputCallRequest> stream) {
    begin();
    echoMetadata();
    StreamingOutputCallRequest request;
    while ((request = stream.receive()) != null) {
      fail(request.getResponseStatus());
      send(stream, request);
    }
  }

  private void half(RpcStream<StreamingOutputCallResponse, StreamingOutputCallRequest> stream) {
    begin();
    List<StreamingOutputCallRequest> all = new ArrayList<>();
    StreamingOutputCallRequest request;
    while ((request = stream.receive()) != null) {
      all.add(request);
    }
    all.forEach(each -> send(stream, each));
  }

  private void begin() {
    begun.incrementAndGet();
    call().onCancel(cancelled::incrementAndGet);
  }

  private void send(
      RpcStream<StreamingOutputCallResponse, ?> stream, StreamingOutputCallRequest request) {
    for (ResponseParameters each : request.getResponseParametersList()) {
      if (each.getIntervalUs() > 0) {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(each.getIntervalUs()));
      }
      call().compressReplies(each.getCompressed().getValue());
      stream.send(
          StreamingOutputCallResponse.newBuilder().setPayload(payload(each.getSize())).build());
      sent.incrementAndGet();
    }
  }

  private static void echoMetadata() {
    Metadata sent = call().spec().metadata();
    String initial = sent.first(ECHO_INITIAL);
    if (initial != null) {
      call().setHeaders(Metadata.EMPTY.with(ECHO_INITIAL, initial));
    }
    byte[] trailing = sent.firstBinary(ECHO_TRAILING);
    if (trailing != null) {
      call().setTrailers(Metadata.EMPTY.withBinary(ECHO_TRAILING, trailing));
    }
  }

  private static void fail(EchoStatus wanted) {
    if (wanted.getCode() != 0) {
      throw new RpcException(Status.Code.of(wanted.getCode()), wanted.getMessage());
    }
  }

  private static Payload payload(int size) {
    return Payload.newBuilder().setBody(ByteString.copyFrom(new byte[size])).build();
  }

  private static Call call() {
    return Objects.requireNonNull(Call.current());
  }
}
