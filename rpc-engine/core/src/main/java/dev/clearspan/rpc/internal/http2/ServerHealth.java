package dev.clearspan.rpc.internal.http2;

import dev.clearspan.protocol.grpc.health.HealthCheckRequest;
import dev.clearspan.protocol.grpc.health.HealthCheckResponse;
import dev.clearspan.protocol.grpc.health.HealthCheckResponse.ServingStatus;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.netty.Backoff;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.TraceContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows what a foreign server says of itself by gRPC's health checking protocol
 * (doc/health-checking.md): a Watch on the server as a whole, for as long as the connection lasts.
 * A server that has no such service counts as serving, and so does one whose Watch breaks off until
 * it says otherwise; it is asked again. Loop-confined.
 */
final class ServerHealth {
  private static final MethodSpec<HealthCheckRequest, HealthCheckResponse> WATCH =
      new MethodSpec<>(
          "grpc.health.v1.Health/Watch",
          MethodShape.SERVER_STREAMING,
          MethodKind.QUERY,
          true,
          ProtobufCodec.of(HealthCheckRequest.getDefaultInstance()),
          ProtobufCodec.of(HealthCheckResponse.getDefaultInstance()));

  private static final Duration LONG = Duration.ofNanos(GrpcTimeout.MOST_NANOS);

  private final GrpcConnection connection;
  private final Listener listener;
  private final Backoff backoff = new Backoff();
  private @Nullable GrpcClientLink link;
  private @Nullable Watch watch;
  private boolean serving = true;

  /** Hears when the server stops or begins to serve, by its own word. */
  interface Listener {
    void served(boolean serving);
  }

  ServerHealth(GrpcConnection connection, Listener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  /** The server is reached by this link. */
  void follow(GrpcClientLink ready) {
    stop();
    link = ready;
    watch();
  }

  /** The link takes no more calls: a Watch on it would keep it open. */
  void leave(GrpcClientLink gone) {
    if (gone == link) {
      stop();
    }
  }

  /** Asks no more; the server counts as serving. */
  void stop() {
    Watch current = watch;
    link = null;
    watch = null;
    if (current != null) {
      current.end();
    }
    tell(true);
  }

  private void watch() {
    GrpcClientLink on = link;
    if (on != null) {
      watch = new Watch();
      watch.begin(on);
    }
  }

  private void tell(boolean now) {
    if (now != serving) {
      serving = now;
      listener.served(now);
    }
  }

  /** Whether this is how a server without health checking, or without this name, answers. */
  private static boolean isNotOffered(Status status) {
    return status.code() == Status.Code.UNIMPLEMENTED
        || status.code() == Status.Code.NOT_FOUND
        || status.code() == Status.Code.PERMISSION_DENIED
        || status.code() == Status.Code.UNAUTHENTICATED;
  }

  /** One call of Watch. */
  private final class Watch implements StreamAttemptListener<HealthCheckResponse> {
    private final HealthStream stream = new HealthStream(connection, request(), this);

    private static StreamRequest<HealthCheckRequest, HealthCheckResponse> request() {
      return new StreamRequest<>(
          WATCH,
          Metadata.EMPTY,
          Deadline.after(LONG, System.nanoTime()),
          1,
          new TraceContext(0, 0, 0, (byte) 0, (byte) 0));
    }

    void begin(GrpcClientLink on) {
      on.open(stream);
      stream.request(1);
      stream.send(HealthCheckRequest.getDefaultInstance());
      stream.finish();
    }

    void end() {
      stream.cancel("the connection is left");
    }

    @Override
    public void message(HealthCheckResponse response) {
      if (this == watch) {
        backoff.reset();
        tell(response.getStatus() != ServingStatus.NOT_SERVING);
        stream.request(1);
      }
    }

    @Override
    public void ended(AttemptResult<HealthCheckResponse> result) {
      if (this != watch) {
        return;
      }
      watch = null;
      tell(true);
      if (!isNotOffered(result.status())) {
        var unused =
            connection.loop().schedule(this::again, backoff.nextNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private void again() {
      if (watch == null) {
        watch();
      }
    }

    @Override
    public void headers(Metadata headers) {}

    @Override
    public void ready() {}
  }

  /** Its stream, which is none of the connection's calls. */
  private static final class HealthStream
      extends StreamExchange<HealthCheckRequest, HealthCheckResponse> {
    HealthStream(
        GrpcConnection connection,
        StreamRequest<HealthCheckRequest, HealthCheckResponse> request,
        StreamAttemptListener<HealthCheckResponse> listener) {
      super(connection, request, listener);
    }

    @Override
    void leave() {}
  }
}
