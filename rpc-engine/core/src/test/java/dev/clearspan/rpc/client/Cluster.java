package dev.clearspan.rpc.client;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.time.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Real servers of "payments" in this process behind one transport, told apart by their ports. */
final class Cluster implements ClientTransport {
  private final Scheduler scheduler;
  private final Map<Integer, Node> nodes = new ConcurrentHashMap<>();

  Cluster(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** The server with this port in the registry; started when it is met first. */
  Node node(int port) {
    return nodes.computeIfAbsent(port, absent -> new Node());
  }

  @Override
  public EndpointConnection open(
      EndpointAddress address, ProcessIdentity identity, ConnectionListener listener) {
    return node(address.port()).server.inProcess().open(address, identity, listener);
  }

  @Override
  public Scheduler scheduler() {
    return scheduler;
  }

  @Override
  public void close() {
    nodes.values().forEach(node -> node.server.close());
  }

  /** One server. Its handlers do their work, if it is well. */
  static final class Node {
    private final AtomicInteger handled = new AtomicInteger();
    private final RpcServer server =
        RpcServer.builder("payments")
            .service(
                () ->
                    new ServiceDefinition(
                        "shop.Payments",
                        List.of(bound(ChannelFixture.GET), bound(ChannelFixture.CHARGE)),
                        null))
            .start();
    private volatile Runnable work = () -> {};

    private BoundMethod<String, String> bound(MethodSpec<String, String> method) {
      return BoundMethod.unary(
          method,
          request -> {
            handled.incrementAndGet();
            work.run();
            return request;
          });
    }

    /** Calls that reached a handler. */
    int handled() {
      return handled.get();
    }

    /** What the handlers do from now on. */
    void does(Runnable value) {
      work = value;
    }

    void fails() {
      does(
          () -> {
            throw new RpcException(Status.Code.INTERNAL, "out of order");
          });
    }

    /** Of so many calls it fails one. */
    void failsOneOf(int calls) {
      AtomicInteger call = new AtomicInteger();
      does(
          () -> {
            if (call.incrementAndGet() % calls == 0) {
              throw new RpcException(Status.Code.INTERNAL, "out of order");
            }
          });
    }

    void isWell() {
      does(() -> {});
    }
  }
}
