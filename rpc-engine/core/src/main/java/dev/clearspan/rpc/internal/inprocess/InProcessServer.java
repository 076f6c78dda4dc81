package dev.clearspan.rpc.internal.inprocess;

import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.CallLedger;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.rpc.server.Admission;
import dev.clearspan.rpc.server.CallInProgress;
import dev.clearspan.rpc.server.CallIntake;
import dev.clearspan.rpc.server.Chunk;
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
import dev.clearspan.rpc.time.Scheduler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Admits attempts to the server as a protocol does. */
final class InProcessServer {
  private static final String PEER = "in-process";

  // One call at a time: each reply leaves by itself.
  private static final Chunk.Replies NO_BATCH =
      new Chunk.Replies() {
        @Override
        public void hold() {}

        @Override
        public void release() {}

        @Override
        public void send() {}
      };

  private final ServerScope scope;
  private final String caller;
  private final Scheduler scheduler;

  InProcessServer(ServerScope scope, String caller, Scheduler scheduler) {
    this.scope = scope;
    this.caller = caller;
    this.scheduler = scheduler;
  }

  <R> void serve(AttemptRequest<?, R> request, UnaryAttempt<R> attempt) {
    int bytes = attempt.requestBytes();
    CallIntake intake =
        intake(
            request.metadata(),
            request.deadline(),
            request.criticality(),
            bytes,
            request.attempt());
    Arrival arrival = arrival(request.method(), intake, request.trace());
    ServedMethod<?, ?> method = method(arrival, attempt);
    Place place = method == null ? null : admit(method, arrival, attempt);
    if (method != null && place != null) {
      call(place, method, arrival.intake(), arrival.served(), attempt);
    }
  }

  <Q, R> void serve(StreamRequest<Q, R> request, StreamAttempt<Q, R> attempt) {
    CallIntake intake =
        intake(request.metadata(), request.deadline(), request.criticality(), 0, request.attempt());
    Arrival arrival = arrival(request.method(), intake, request.trace());
    ServedMethod<?, ?> method = method(arrival, attempt);
    Place place = method == null ? null : admit(method, arrival, attempt);
    if (method != null && place != null) {
      stream(place, method, arrival.intake(), arrival.served(), attempt);
    }
  }

  private CallIntake intake(
      Metadata metadata, Deadline deadline, Criticality criticality, int bytes, int attempt) {
    long now = scope.ticker().nanos();
    return new CallIntake(metadata, deadline, criticality, caller, null, now, bytes, attempt);
  }

  private Arrival arrival(MethodSpec<?, ?> called, CallIntake intake, TraceContext trace) {
    CallLedger.ServedCall served =
        scope
            .ledger()
            .beginServed(called.fullName(), trace, caller.isEmpty() ? null : caller, PEER);
    return new Arrival(called, intake, served);
  }

  /** The method that is called; null if there is none, and then the attempt was answered. */
  private @Nullable ServedMethod<?, ?> method(Arrival arrival, OpenAttempt<?> attempt) {
    ServedMethod<?, ?> method = scope.methods().find(arrival.called().fullName());
    Status unfit = method == null ? missing(arrival) : unfit(method, arrival.called());
    if (unfit == null) {
      return method;
    }
    turnAway(arrival, attempt, unfit);
    return null;
  }

  /** The call's place at the gate; null if it was refused, and then the attempt was answered. */
  private @Nullable Place admit(
      ServedMethod<?, ?> method, Arrival arrival, OpenAttempt<?> attempt) {
    CallIntake intake = arrival.intake();
    Admission admission =
        scope.gate().admit(method, intake.criticality(), caller, intake.callerIdentity());
    if (admission instanceof Refusal refusal) {
      ServerCall.Timing unused = record(arrival, refusal.status());
      attempt.refused(refusal.status(), refusal.metadata());
      return null;
    }
    return (Place) admission;
  }

  private Status missing(Arrival arrival) {
    return scope.methods().missing(arrival.called().fullName());
  }

  private static @Nullable Status unfit(ServedMethod<?, ?> method, MethodSpec<?, ?> called) {
    String codec = method.spec().requestCodec().name();
    if (!codec.equals(called.requestCodec().name())) {
      return differs("codec", called, called.requestCodec().name(), codec);
    }
    return method.spec().shape() == called.shape()
        ? null
        : differs("shape", called, called.shape(), method.spec().shape());
  }

  private static Status differs(String what, MethodSpec<?, ?> called, Object theirs, Object ours) {
    return Status.of(
        Status.Code.UNIMPLEMENTED,
        "%s of %s: %s (expected: %s)".formatted(what, called.fullName(), theirs, ours));
  }

  private <R> void turnAway(Arrival arrival, OpenAttempt<R> attempt, Status status) {
    ServerCall.Timing timing = record(arrival, status);
    attempt.end(
        new AttemptResult.Replied<>(
            status,
            null,
            Metadata.EMPTY,
            timing.keep(),
            timing.serverNanos(),
            timing.queueNanos(),
            arrival.intake().requestBytes(),
            0));
  }

  private ServerCall.Timing record(Arrival arrival, Status status) {
    CallIntake intake = arrival.intake();
    return TurnedAway.record(
        scope, arrival.served(), intake.startNanos(), intake.requestBytes(), status);
  }

  private <A, B> void call(
      Place place,
      ServedMethod<A, B> method,
      CallIntake intake,
      CallLedger.ServedCall served,
      UnaryAttempt<?> attempt) {
    RequestSource<A> source = source(method.spec(), attempt.request());
    UnarySink<B> sink = new UnarySink<>(attempt, scope.limits().messageBytes());
    if (!method.isUnary()) {
      ServerStream<A, B> stream =
          UnaryWire.call(scope, place, method, intake, source, served, sink);
      expireInTime(stream, attempt);
      stream.start();
      return;
    }
    ServerCall<A, B> call = new ServerCall<>(scope, place, method, intake, source, served, sink);
    expireInTime(call, attempt);
    if (method.onLoop()) {
      call.run();
    } else {
      dispatch(call);
    }
  }

  private <A, B> void stream(
      Place place,
      ServedMethod<A, B> method,
      CallIntake intake,
      CallLedger.ServedCall served,
      StreamAttempt<?, ?> attempt) {
    ServingWire<A, B> wire = new ServingWire<>(method.spec(), attempt);
    ServerStream<A, B> stream = new ServerStream<>(scope, place, method, intake, served, wire);
    attempt.connect(wire.on(stream));
    expireInTime(stream, attempt);
    stream.start();
  }

  private void dispatch(ServerCall<?, ?> call) {
    Chunk alone = new Chunk(NO_BATCH);
    alone.add(call);
    alone.markUrgent();
    if (!scope.dispatcher().dispatch(alone)) {
      alone.refuse("dispatch queue is full: " + scope.dispatcher().queued());
    }
  }

  private void expireInTime(CallInProgress<?> call, OpenAttempt<?> attempt) {
    long left = call.deadline().remainingNanos(scope.ticker().nanos());
    attempt.servedBy(call, scheduler.schedule(call::expire, Math.max(0, left)));
  }

  private static <A> RequestSource<A> source(MethodSpec<A, ?> method, byte[] payload) {
    return new RequestSource<>() {
      @Override
      public A read() {
        try {
          return method.requestCodec().decode(ByteBuffer.wrap(payload));
        } catch (RuntimeException e) {
          throw new UndecodableRequest(method.fullName(), e);
        }
      }

      @Override
      public void release() {}
    };
  }

  /** An attempt as it came, before it is admitted. */
  private record Arrival(
      MethodSpec<?, ?> called, CallIntake intake, CallLedger.ServedCall served) {}
}
