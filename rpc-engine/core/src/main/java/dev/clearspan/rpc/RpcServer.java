package dev.clearspan.rpc;

import dev.clearspan.rpc.RpcChannel.Stage;
import dev.clearspan.rpc.internal.inprocess.InProcessTransport;
import dev.clearspan.rpc.internal.netty.PagePort;
import dev.clearspan.rpc.internal.netty.ServerSocketListener;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.server.Readiness;
import dev.clearspan.rpc.server.RegistryPresence;
import dev.clearspan.rpc.server.ServerScope;
import dev.clearspan.rpc.standard.HealthService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves calls on one port, in Clearspan frames, gRPC over HTTP/2 and HTTP/1.1. Thread-safe.
 *
 * <p>It ends in steps that lose no call: the drain mark in the registry, so that nobody picks it;
 * GOAWAY on each connection, so that nobody sends more; calls in flight finish; the instance leaves
 * the registry; the port closes. Calls that still arrive are refused in a way that tells the client
 * that no handler ran.
 */
public final class RpcServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);
  private static final Duration SHUTDOWN = Duration.ofSeconds(30);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final Duration DRAIN_ANSWER = Duration.ofSeconds(3);
  private static final Duration GOODBYE = Duration.ofMillis(500);

  private final ServerSocketListener listener;
  private final @Nullable PagePort admin;
  private final ServerScope scope;
  private final InProcessTransport inProcess;
  private final ProcessIdentity identity;
  private final List<Stage> pipeline;
  private final HealthService health;
  private final @Nullable RegistryPresence presence;
  private final Readiness readiness;
  private final AutoCloseable gauges;
  private final ReentrantLock stopping = new ReentrantLock();
  private final CountDownLatch terminated = new CountDownLatch(1);
  private boolean drained; // guarded by stopping

  RpcServer(
      ServerSocketListener listener,
      @Nullable PagePort admin,
      ServerScope scope,
      ProcessIdentity identity,
      List<Stage> pipeline,
      HealthService health,
      @Nullable RegistryPresence presence,
      Readiness readiness,
      AutoCloseable gauges) {
    this.listener = listener;
    this.admin = admin;
    this.scope = scope;
    this.inProcess = new InProcessTransport(scope);
    this.identity = identity;
    this.pipeline = pipeline;
    this.health = health;
    this.presence = presence;
    this.readiness = readiness;
    this.gauges = gauges;
    readiness.follow(reason -> readinessIs(reason.isEmpty()));
  }

  /** A server of this service, to be configured and started. */
  public static RpcServerBuilder builder(String service) {
    return new RpcServerBuilder(service);
  }

  /** The port it listens on. */
  public int port() {
    return listener.port();
  }

  /** The port for health and metrics alone; -1 without one. */
  public int adminPort() {
    return admin == null ? -1 : admin.port();
  }

  /** Who it is in the registry and to its clients. */
  public ProcessIdentity identity() {
    return identity;
  }

  /** The stages every call runs through, first to last. */
  public List<Stage> pipeline() {
    return pipeline;
  }

  /**
   * The way to this server for channels of the same process, without sockets; see {@link
   * dev.clearspan.rpc.client.ChannelBuilder#inProcess}.
   */
  public ClientTransport inProcess() {
    return inProcess;
  }

  /** Calls in flight now. */
  public int inFlight() {
    return scope.gate().inFlight();
  }

  /**
   * Sets what gRPC's health service tells of a service, or of the server under "". It tells SERVING
   * of all until told otherwise, and of none once the server drains.
   *
   * @throws IllegalArgumentException if the server has no such service
   */
  public void setServing(String service, boolean isServing) {
    health.set(service, isServing);
  }

  private void readinessIs(boolean ready) {
    health.ready(ready);
    if (presence != null) {
      presence.ready(ready);
    }
  }

  /**
   * Takes the server out of use without stopping it: when this returns, the registry and all
   * clients have been told (or have had 2 and 3 s) and new calls are refused. Calls in flight go
   * on.
   */
  public void drain() {
    stopping.lock();
    try {
      if (drained) {
        return;
      }
      drained = true;
      readiness.close();
      LOG.info("{} is draining, {} calls in flight", identity.instanceId(), inFlight());
      if (presence != null) {
        presence.drain();
      }
      health.drain();
      inProcess.drain();
      boolean unused = waitFor(listener.drain(), DRAIN_ANSWER);
    } finally {
      stopping.unlock();
    }
  }

  /**
   * Drains, waits at most this long for the calls in flight, and ends. Calls that take longer are
   * cancelled.
   */
  public void stop(Duration patience) {
    drain();
    stopping.lock();
    try {
      if (terminated.getCount() > 0) {
        finish(patience);
      }
    } finally {
      terminated.countDown();
      stopping.unlock();
    }
  }

  /** {@link #stop} with a patience of 5 s. */
  @Override
  public void close() {
    stop(CLOSE);
  }

  /** Stops, with a patience of 30 s, when the process is told to end (SIGTERM, SIGINT). */
  public RpcServer stopOnShutdown() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(SHUTDOWN), "clearspan-shutdown-" + port()));
    return this;
  }

  /** Waits until the server has stopped. */
  public void awaitTermination() throws InterruptedException {
    terminated.await();
  }

  private void finish(Duration patience) {
    if (!waitFor(scope.gate().idle(), patience)) {
      LOG.warn("{} calls are cancelled after {}", inFlight(), patience);
    }
    boolean unused = waitFor(listener.leftByPeers(), GOODBYE);
    if (presence != null) {
      presence.close();
    }
    listener.close();
    inProcess.stop();
    if (admin != null) {
      admin.close();
    }
    scope.dispatcher().close();
    scope.streamThreads().close();
    closeGauges();
    scope.ledger().close();
    LOG.info("{} has stopped", identity.instanceId());
  }

  private void closeGauges() {
    try {
      gauges.close();
    } catch (Exception e) {
      LOG.warn("removing the server's gauges", e);
    }
  }

  private static boolean waitFor(CompletableFuture<?> event, Duration patience) {
    try {
      event.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("while stopping", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
