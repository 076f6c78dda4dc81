package dev.clearspan.rpc.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import io.grpc.testing.integration.EmptyProtos.Empty;
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
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** gRPC's grpc.testing.TestService as its interop description wants it, on our engine. */
public final class InteropService implements RpcService {
  public static final String NAME = "grpc.testing.TestService";
  static final String ECHO_INITIAL = "x-grpc-test-echo-initial";
  static final String ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";

  public static final MethodSpec<Empty, Empty> EMPTY =
      method(
          "EmptyCall", MethodShape.UNARY, Empty.getDefaultInstance(), Empty.getDefaultInstance());
  public static final MethodSpec<SimpleRequest, SimpleResponse> UNARY =
      method(
          "UnaryCall",
          MethodShape.UNARY,
          SimpleRequest.getDefaultInstance(),
          SimpleResponse.getDefaultInstance());
  public static final MethodSpec<StreamingOutputCallRequest, StreamingOutputCallResponse> OUTPUT =
      method(
          "StreamingOutputCall",
          MethodShape.SERVER_STREAMING,
          StreamingOutputCallRequest.getDefaultInstance(),
          StreamingOutputCallResponse.getDefaultInstance());
  public static final MethodSpec<StreamingInputCallRequest, StreamingInputCallResponse> INPUT =
      method(
          "StreamingInputCall",
          MethodShape.CLIENT_STREAMING,
          StreamingInputCallRequest.getDefaultInstance(),
          StreamingInputCallResponse.getDefaultInstance());
  public static final MethodSpec<StreamingOutputCallRequest, StreamingOutputCallResponse> DUPLEX =
      method(
          "FullDuplexCall",
          MethodShape.BIDI_STREAMING,
          StreamingOutputCallRequest.getDefaultInstance(),
          StreamingOutputCallResponse.getDefaultInstance());
  public static final MethodSpec<StreamingOutputCallRequest, StreamingOutputCallResponse> HALF =
      method(
          "HalfDuplexCall",
          MethodShape.BIDI_STREAMING,
          StreamingOutputCallRequest.getDefaultInstance(),
          StreamingOutputCallResponse.getDefaultInstance());

  /** Whether the n-th request message of all was compressed; null: not checked. */
  private final @Nullable IntPredicate compressed;

  private final AtomicInteger received = new AtomicInteger();

  /** Handlers that saw their call cancelled. */
  final AtomicInteger cancelled = new AtomicInteger();

  /** Messages that streaming handlers have sent. */
  final AtomicInteger sent = new AtomicInteger();

  /** Streaming handlers that have begun. */
  final AtomicInteger begun = new AtomicInteger();

  public InteropService() {
    this(null);
  }

  /**
   * A service with the feature CompressedRequest.
   *
   * @param compressed whether the n-th request message of all was compressed
   */
  InteropService(@Nullable IntPredicate compressed) {
    this.compressed = compressed;
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        NAME,
        List.of(
            BoundMethod.unary(EMPTY, request -> request),
            BoundMethod.unary(UNARY, this::unary),
            BoundMethod.stream(OUTPUT, this::output),
            BoundMethod.stream(INPUT, this::input),
            BoundMethod.stream(DUPLEX, this::duplex),
            BoundMethod.stream(HALF, this::half)),
        null);
  }

  private SimpleResponse unary(SimpleRequest request) {
    check(request.hasExpectCompressed(), request.getExpectCompressed().getValue());
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
      check(request.hasExpectCompressed(), request.getExpectCompressed().getValue());
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

  private void check(boolean expects, boolean expected) {
    int number = received.getAndIncrement();
    if (compressed != null && expects && compressed.test(number) != expected) {
      throw new RpcException(Status.Code.INVALID_ARGUMENT, "request is compressed: " + !expected);
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

  private static <Q extends Message, R extends Message> MethodSpec<Q, R> method(
      String name, MethodShape shape, Q request, R response) {
    return new MethodSpec<>(
        NAME + "/" + name,
        shape,
        MethodKind.QUERY,
        false,
        ProtobufCodec.of(request),
        ProtobufCodec.of(response));
  }
}
