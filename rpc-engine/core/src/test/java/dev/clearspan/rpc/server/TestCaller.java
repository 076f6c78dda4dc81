package dev.clearspan.rpc.server;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.internal.http2.GrpcTransport;
import dev.clearspan.rpc.internal.netty.NettyClientTransport;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ClientTransport;
import dev.clearspan.rpc.internal.transport.ConnectionListener;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.EndpointConnection;
import dev.clearspan.rpc.internal.transport.EndpointConnection.SentAttempt;
import dev.clearspan.rpc.ledger.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client without retries or balancing: one connection, single attempts. */
public final class TestCaller implements AutoCloseable {
  public static final TraceContext TRACE =
      new TraceContext(
          0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7ad6b7169203331L, (byte) 1, (byte) 0);

  public final List<String> states = new CopyOnWriteArrayList<>();
  public final AtomicInteger connected = new AtomicInteger();
  public final List<Boolean> served = new CopyOnWriteArrayList<>();
  public final List<String> disconnections = new CopyOnWriteArrayList<>();
  public final EndpointConnection connection;
  private final ClientTransport transport;

  public TestCaller(EndpointAddress address) {
    this(NettyClientTransport.create(), address);
  }

  private TestCaller(ClientTransport transport, EndpointAddress address) {
    this.transport = transport;
    connection = transport.open(address, ProcessIdentity.of("tester"), new Notes());
  }

  /** Connected to whatever is at the port. */
  public static TestCaller to(int port) {
    return new TestCaller(new EndpointAddress("", "", "", "127.0.0.1", port));
  }

  /** Connected by this transport to whatever is at the port; closes the transport. */
  public static TestCaller by(ClientTransport transport, int port) {
    return new TestCaller(transport, new EndpointAddress("", "", "", "127.0.0.1", port));
  }

  /** Connected by gRPC to whatever is at the port. */
  public static TestCaller overGrpc(int port) {
    return overGrpc(port, Limits.DEFAULT);
  }

  public static TestCaller overGrpc(int port, Limits limits) {
    return by(new GrpcTransport(limits, null, false), port);
  }

  /** Connected by gRPC to the server that is meant. */
  public static TestCaller overGrpc(EndpointAddress address) {
    return new TestCaller(new GrpcTransport(Limits.DEFAULT, null, false), address);
  }

  public TestCaller awaitState(ConnectionState state) {
    await().atMost(Duration.ofSeconds(5)).until(() -> connection.state() == state);
    return this;
  }

  public AttemptResult<StringValue> call(MethodSpec<StringValue, StringValue> method, String text)
      throws Exception {
    return send(method, text, Duration.ofSeconds(5)).result.get(10, TimeUnit.SECONDS);
  }

  public Sent send(MethodSpec<StringValue, StringValue> method, String text, Duration deadline) {
    return send(method, text, deadline, Metadata.EMPTY);
  }

  public Sent send(
      MethodSpec<StringValue, StringValue> method,
      String text,
      Duration deadline,
      Metadata metadata) {
    CompletableFuture<AttemptResult<StringValue>> result = new CompletableFuture<>();
    SentAttempt attempt =
        connection.send(
            new AttemptRequest<>(
                method,
                StringValue.of(text),
                metadata,
                Deadline.after(deadline, System.nanoTime()),
                1,
                TRACE),
            ended -> {
              if (!result.complete(ended)) {
                throw new AssertionError("second result: " + ended);
              }
            });
    return new Sent(attempt, result);
  }

  /** The text of an OK reply. */
  public static String textOf(AttemptResult<StringValue> result) {
    if (result instanceof AttemptResult.Replied<StringValue> reply && reply.message() != null) {
      return reply.message().getValue();
    }
    throw new AssertionError("no OK reply: " + result);
  }

  @Override
  public void close() {
    transport.close();
  }

  private final class Notes implements ConnectionListener {
    @Override
    public void stateChanged(ConnectionState state, String cause) {
      states.add(cause.isEmpty() ? state.name() : state + " " + cause);
    }

    @Override
    public void attempted(boolean done) {
      if (done) {
        connected.incrementAndGet();
      }
    }

    @Override
    public void served(boolean serving) {
      served.add(serving);
    }

    @Override
    public void disconnected(String errorType) {
      disconnections.add(errorType);
    }
  }

  /** An attempt and its result to come. */
  public record Sent(SentAttempt attempt, CompletableFuture<AttemptResult<StringValue>> result) {
    public AttemptResult<StringValue> await(Duration atMost) throws Exception {
      return result.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
