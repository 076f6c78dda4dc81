package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.coding.Coding;
import dev.clearspan.rpc.internal.frame.Compressed;
import dev.clearspan.rpc.internal.frame.GoAway;
import dev.clearspan.rpc.internal.frame.MethodName;
import dev.clearspan.rpc.internal.frame.ProtocolException;
import dev.clearspan.rpc.internal.frame.RequestHead;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.limit.RefusalReason;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.CallIntake;
import dev.clearspan.rpc.server.Place;
import dev.clearspan.rpc.server.Refusal;
import dev.clearspan.rpc.server.RequestSource;
import dev.clearspan.rpc.server.ServedMethod;
import dev.clearspan.rpc.server.ServerCall;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.server.ServerStream;
import dev.clearspan.rpc.server.TurnedAway;
import dev.clearspan.rpc.server.UnaryWire;
import dev.clearspan.rpc.server.UndecodableRequest;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of the requests of one link, or turns them away. Unary calls of one read burst are
 * gathered and dispatched together. Loop-confined.
 */
final class FrameIntake {
  private final ServerScope scope;
  private final LinkCaller caller;
  private final LinkDrain drain;
  private final String instanceId;
  private final ServedCalls calls;
  private final CallBurst burst;
  private final LinkReplies replies;
  private final ServerStreams streams;
  private final @Nullable BoundId[] methods = new BoundId[MethodName.MAX_ID + 1];

  /** What a method id stands for; {@code served} is null when the server has no such method. */
  private record BoundId(MethodName name, @Nullable ServedMethod<?, ?> served) {}

  /** A request as it came, before it is admitted. */
  private record Arrival(
      int streamId,
      RequestHead head,
      @Nullable Coding coding,
      long startNanos,
      int bytes,
      CallLedger.ServedCall served) {}

  /** The intake of a link whose client has said HELLO. */
  FrameIntake(
      ServerScope scope,
      LinkCaller caller,
      LinkDrain drain,
      String instanceId,
      ServedCalls calls,
      CallBurst burst,
      LinkReplies replies,
      ServerStreams streams) {
    this.scope = scope;
    this.caller = caller;
    this.drain = drain;
    this.instanceId = instanceId;
    this.calls = calls;
    this.burst = burst;
    this.replies = replies;
    this.streams = streams;
  }

  ServerStreams streams() {
    return streams;
  }

  /** METHOD has come. */
  void bind(MethodName name) {
    methods[name.id()] = new BoundId(name, scope.methods().find(name.fullName()));
  }

  /** REQUEST has come. */
  void request(int flags, int streamId, ByteBuf payload) {
    calls.checkFree(streamId);
    RequestHead head = RequestHead.read(payload, flags, scope.limits());
    BoundId method = bound(head.methodId());
    calls.arrived(streamId);
    long now = scope.ticker().nanos();
    CallLedger.ServedCall served =
        scope
            .ledger()
            .beginServed(
                method.name().fullName(), head.trace(), caller.serviceOrNull(), caller.address());
    Arrival arrival =
        new Arrival(streamId, head, Compressed.in(flags), now, payload.readableBytes(), served);
    MethodShape opened = RequestHead.opened(flags);
    if (method.served() == null) {
      turnAway(arrival, scope.methods().missing(method.name().fullName()), Metadata.EMPTY, false);
    } else if (opened != null) {
      open(arrival, method.served(), method.name(), opened);
    } else {
      admit(arrival, method.served(), method.name(), payload);
    }
  }

  /** CANCEL has come. */
  void cancel(int streamId) {
    CallInProgress<?> call = calls.remove(streamId);
    if (call != null) {
      call.cancel();
    }
    streams.cancelled(streamId);
  }

  private BoundId bound(int methodId) {
    BoundId method = methodId > MethodName.MAX_ID ? null : methods[methodId];
    if (method == null) {
      throw new ProtocolException(
          GoAway.Reason.PROTOCOL_ERROR,
          "method id: " + methodId + " (expected: one bound by METHOD)");
    }
    return method;
  }

  private <Q, R> void open(
      Arrival arrival, ServedMethod<Q, R> method, MethodName name, MethodShape shape) {
    Place place = place(arrival, method, Fitness.unfitStream(method, name, shape, arrival.bytes()));
    if (place == null) {
      return;
    }
    ServedFlow<Q, R> flow = streams.open(arrival.streamId(), method.spec());
    ServerStream<Q, R> call =
        new ServerStream<>(scope, place, method, intake(arrival), arrival.served(), flow);
    flow.serve(call);
    start(arrival.streamId(), call);
  }

  private <Q, R> void admit(
      Arrival arrival, ServedMethod<Q, R> method, MethodName name, ByteBuf payload) {
    Place place =
        place(arrival, method, Fitness.unfit(method, name, arrival.bytes(), scope.limits()));
    if (place == null) {
      return;
    }
    try {
      accept(
          arrival,
          place,
          method,
          FramePayload.source(method.spec(), payload, arrival.coding(), scope.limits()));
    } catch (UndecodableRequest e) {
      place.leave();
      Status status = Status.of(Status.Code.INVALID_ARGUMENT, String.valueOf(e.getMessage()));
      turnAway(arrival, status, Metadata.EMPTY, false);
    }
  }

  /** The call's place at the gate; null: the request was turned away. */
  private @Nullable Place place(
      Arrival arrival, ServedMethod<?, ?> method, @Nullable Status unfit) {
    if (unfit != null) {
      turnAway(arrival, unfit, Metadata.EMPTY, false);
      return null;
    }
    Admission admission = admission(arrival.head(), method);
    if (admission instanceof Refusal refusal) {
      turnAway(arrival, refusal.status(), refusal.metadata(), true);
      return null;
    }
    return (Place) admission;
  }

  private Admission admission(RequestHead head, ServedMethod<?, ?> method) {
    String draining = drain.refusal(instanceId);
    if (draining != null) {
      return scope.gate().refusal(RefusalReason.DRAINING, head.criticality(), draining);
    }
    if (calls.size() >= scope.limits().inFlightPerConnection()) {
      String full = "calls in flight on this connection: " + calls.size();
      return scope.gate().refusal(RefusalReason.IN_FLIGHT, head.criticality(), full);
    }
    return scope.gate().admit(method, head.criticality(), caller.service(), caller.identity());
  }

  private <Q, R> void accept(
      Arrival arrival, Place place, ServedMethod<Q, R> method, RequestSource<Q> source) {
    CallIntake intake = intake(arrival);
    FrameExchange<R> exchange = new FrameExchange<>(replies, arrival.streamId());
    if (!method.isUnary()) {
      start(
          arrival.streamId(),
          UnaryWire.call(scope, place, method, intake, source, arrival.served(), exchange));
      return;
    }
    ServerCall<Q, R> call =
        new ServerCall<>(scope, place, method, intake, source, arrival.served(), exchange);
    calls.add(arrival.streamId(), call);
    if (method.onLoop()) {
      call.run();
    } else {
      burst.add(call);
    }
  }

  private void start(int streamId, ServerStream<?, ?> call) {
    calls.add(streamId, call);
    call.start();
  }

  private CallIntake intake(Arrival arrival) {
    RequestHead head = arrival.head();
    Deadline deadline = new Deadline(arrival.startNanos() + Fitness.bounded(head.remainingNanos()));
    return new CallIntake(
        head.metadata(),
        deadline,
        head.criticality(),
        caller.service(),
        caller.identity(),
        arrival.startNanos(),
        arrival.bytes(),
        head.attempt());
  }

  private void turnAway(Arrival arrival, Status status, Metadata metadata, boolean refused) {
    ServerCall.Timing timing =
        TurnedAway.record(scope, arrival.served(), arrival.startNanos(), arrival.bytes(), status);
    int streamId = arrival.streamId();
    ByteBuf reply = replies.outcome(streamId, status, metadata, refused, timing);
    replies.outbox().put(() -> replies.writeReply(streamId, reply));
  }
}
