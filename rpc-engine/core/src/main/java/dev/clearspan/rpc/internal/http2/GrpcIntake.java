package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.Refusal;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerScope;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/** Makes requests of HEADERS, turning away what can never be served. One per connection. */
final class GrpcIntake {
  private static final int MOST_SHOWN = 128;

  private final GrpcLink link;
  private final GrpcMethods methods;

  GrpcIntake(GrpcLink link, GrpcMethods methods) {
    this.link = link;
    this.methods = methods;
  }

  /** The request that these headers begin; null if they are no gRPC request and were answered. */
  @Nullable GrpcRequest open(int streamId, Http2Headers headers) {
    RequestHead head = RequestHead.read(headers);
    if (!head.isGrpc()) {
      String text = "content type: " + shown(head.contentType()) + " (expected: application/grpc)";
      return refuse(
          streamId,
          HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE,
          Status.of(Status.Code.INTERNAL, text));
    }
    if (!head.httpMethod().equals(HttpMethod.POST.name())) {
      String text = "HTTP method: " + shown(head.httpMethod()) + " (expected: POST)";
      return refuse(
          streamId, HttpResponseStatus.METHOD_NOT_ALLOWED, Status.of(Status.Code.INTERNAL, text));
    }
    return open(streamId, head);
  }

  private @Nullable GrpcRequest refuse(int streamId, HttpResponseStatus http, Status meaning) {
    link.writer().writeLast(streamId, ReplyHeaders.httpError(http, meaning));
    return null;
  }

  private GrpcRequest open(int streamId, RequestHead head) {
    ServerScope scope = link.scope();
    ServedMethod<?, ?> method = methods.find(head.path());
    String name = method == null ? name(head.path()) : method.spec().fullName();
    String caller = head.caller().isEmpty() ? null : head.caller();
    long now = scope.ticker().nanos();
    CallLedger.ServedCall served =
        scope.ledger().beginServed(name, head.trace(), caller, link.peerAddress());
    Status unfit = method == null ? scope.methods().missing(name) : unfit(method, head);
    Metadata metadata = Metadata.EMPTY;
    long timeout = GrpcTimeout.MOST_NANOS;
    if (unfit == null) {
      try {
        timeout = head.timeoutNanos();
        metadata = head.metadata(scope.limits());
      } catch (RpcException e) {
        unfit = e.status();
      } catch (IllegalArgumentException e) {
        unfit = Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
      }
    }
    Deadline deadline = new Deadline(now + timeout);
    Arrival arrival = new Arrival(link, streamId, head, metadata, deadline, now, served);
    if (unfit != null || method == null) {
      arrival.turnAway(unfit == null ? scope.methods().missing(name) : unfit, 0);
      return new TurnedAwayRequest(arrival);
    }
    return request(arrival, method);
  }

  private <Q, R> GrpcRequest request(Arrival arrival, ServedMethod<Q, R> method) {
    if (method.isUnary()) {
      return new UnaryRequest<>(arrival, method);
    }
    Admission admission = link.admit(method, arrival.head());
    if (admission instanceof Refusal refusal) {
      arrival.refuse(refusal, 0);
      return new TurnedAwayRequest(arrival);
    }
    return new StreamedRequest<>(arrival, (Place) admission, method);
  }

  private static @Nullable Status unfit(ServedMethod<?, ?> method, RequestHead head) {
    CharSequence encoding = head.unknownEncoding();
    if (encoding != null) {
      String text =
          "grpc-encoding: " + shown(encoding.toString()) + " (expected: identity or gzip)";
      return Status.of(Status.Code.UNIMPLEMENTED, text);
    }
    String codec = head.codec();
    String served = method.spec().requestCodec().name();
    if (codec == null || codec.equals("proto") || codec.equals(served)) {
      return null;
    }
    String text =
        "codec of "
            + method.spec().fullName()
            + ": "
            + shown(codec)
            + " (expected: "
            + served
            + ")";
    return Status.of(Status.Code.UNIMPLEMENTED, text);
  }

  private static String name(String path) {
    return shown(path.startsWith("/") ? path.substring(1) : path);
  }

  private static String shown(String text) {
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
  }
}
