package dev.clearspan.rpc.standard;

import dev.clearspan.protocol.grpc.health.HealthCheckRequest;
import dev.clearspan.protocol.grpc.health.HealthCheckResponse;
import dev.clearspan.protocol.grpc.health.HealthCheckResponse.ServingStatus;
import dev.clearspan.protocol.grpc.health.HealthProto;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProtobufCodec;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's health checking protocol (doc/health-checking.md): SERVING for each service and, under the
 * empty name, the server, until told otherwise; NOT_SERVING for all of them once it drains.
 * Thread-safe.
 */
public final class HealthService implements RpcService {
  private static final String NAME = "grpc.health.v1.Health";
  private static final String SERVER = "";

  private static final ProtobufCodec<HealthCheckRequest> REQUEST =
      ProtobufCodec.of(HealthCheckRequest.getDefaultInstance());
  private static final ProtobufCodec<HealthCheckResponse> RESPONSE =
      ProtobufCodec.of(HealthCheckResponse.getDefaultInstance());
  private static final MethodSpec<HealthCheckRequest, HealthCheckResponse> CHECK =
      new MethodSpec<>(NAME + "/Check", MethodKind.QUERY, true, REQUEST, RESPONSE);
  private static final MethodSpec<HealthCheckRequest, HealthCheckResponse> WATCH =
      new MethodSpec<>(
          NAME + "/Watch", MethodShape.SERVER_STREAMING, MethodKind.QUERY, true, REQUEST, RESPONSE);

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Boolean> serving = new HashMap<>(); // guarded by lock
  private final List<Watcher> watchers = new ArrayList<>(); // guarded by lock
  private boolean draining; // guarded by lock
  private boolean ready = true; // guarded by lock

  /** Health of a server with these services. */
  public HealthService(Collection<String> services) {
    serving.put(SERVER, true);
    services.forEach(service -> serving.put(service, true));
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        NAME,
        List.of(
            BoundMethod.unary(CHECK, this::check),
            BoundMethod.async(WATCH, (call, to) -> watch(to))),
        HealthProto.getDescriptor());
  }

  /**
   * Sets what is told of a service, or of the server under "".
   *
   * @throws IllegalArgumentException if the server has no such service
   */
  public void set(String service, boolean isServing) {
    lock.lock();
    try {
      if (serving.replace(service, isServing) == null) {
        throw new IllegalArgumentException(
            "service: " + service + " (expected: one of " + serving.keySet() + ")");
      }
      tellWatchers();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether the server as a whole is ready: while it is not, it tells NOT_SERVING of everything.
   */
  public void ready(boolean isReady) {
    lock.lock();
    try {
      ready = isReady;
      tellWatchers();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is served any more, which those who watch are told before their streams end. */
  public void drain() {
    List<Watcher> told;
    lock.lock();
    try {
      draining = true;
      tellWatchers();
      told = List.copyOf(watchers);
    } finally {
      lock.unlock();
    }
    Status status = Status.of(Status.Code.UNAVAILABLE, "draining");
    told.forEach(watcher -> watcher.replies.end(status, Metadata.EMPTY));
  }

  private HealthCheckResponse check(HealthCheckRequest request) {
    lock.lock();
    try {
      ServingStatus status = statusOf(request.getService());
      if (status == ServingStatus.SERVICE_UNKNOWN) {
        throw new RpcException(
            Status.Code.NOT_FOUND,
            "service: " + request.getService() + " (expected: one of " + serving.keySet() + ")");
      }
      return response(status);
    } finally {
      lock.unlock();
    }
  }

  private StreamReceiver<HealthCheckRequest> watch(ReplyStream<HealthCheckResponse> replies) {
    replies.request(1);
    return new Watcher(replies);
  }

  /** Under the lock. */
  private void tellWatchers() {
    watchers.forEach(watcher -> watcher.tell(statusOf(watcher.service)));
  }

  /** Under the lock. */
  private ServingStatus statusOf(String service) {
    Boolean isServing = serving.get(service);
    if (isServing == null) {
      return ServingStatus.SERVICE_UNKNOWN;
    }
    return isServing && ready && !draining ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
  }

  private static HealthCheckResponse response(ServingStatus status) {
    return HealthCheckResponse.newBuilder().setStatus(status).build();
  }

  /** One call of Watch. */
  private final class Watcher implements StreamReceiver<HealthCheckRequest> {
    private final ReplyStream<HealthCheckResponse> replies;
    private String service = "";
    private @Nullable ServingStatus told; // guarded by lock

    Watcher(ReplyStream<HealthCheckResponse> replies) {
      this.replies = replies;
    }

    @Override
    public void message(HealthCheckRequest request) {
      lock.lock();
      try {
        service = request.getService();
        watchers.add(this);
        tell(statusOf(service));
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {
      lock.lock();
      try {
        watchers.remove(this);
      } finally {
        lock.unlock();
      }
    }

    /** Under the lock, so that what is told is in order. */
    void tell(ServingStatus status) {
      if (status != told) {
        told = status;
        replies.send(response(status));
      }
    }
  }
}
