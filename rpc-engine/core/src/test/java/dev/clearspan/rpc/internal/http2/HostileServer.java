package dev.clearspan.rpc.internal.http2;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Deadline;
import dev.clearspan.rpc.Limit;
import dev.clearspan.rpc.Limits;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamSender;
import dev.clearspan.rpc.balance.LoadReport;
import dev.clearspan.rpc.internal.netty.Connector;
import dev.clearspan.rpc.internal.netty.EventLoops;
import dev.clearspan.rpc.internal.netty.GroupMember;
import dev.clearspan.rpc.internal.netty.LinkFault;
import dev.clearspan.rpc.internal.transport.AttemptRequest;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.internal.transport.EndpointAddress;
import dev.clearspan.rpc.internal.transport.StreamAttemptListener;
import dev.clearspan.rpc.internal.transport.StreamRequest;
import dev.clearspan.rpc.ledger.TraceContext;
import dev.clearspan.rpc.server.EchoService;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of one connection, without its socket: two calls are in flight, a unary one on
 * stream 3 and a stream on 5, and what a server would send comes in. What fails inside comes out as
 * an exception.
 */
final class HostileServer implements GrpcLinkOwner {
  private static final byte[] SETTINGS = HexFormat.of().parseHex("000000040000000000");
  private static final Duration LONG = Duration.ofMinutes(10); // no input takes that long
  private static final Limits LIMITS =
      Limits.DEFAULT.with(Limit.MESSAGE_BYTES, 64 * 1024).with(Limit.HANDSHAKE, LONG);
  private static final EndpointAddress ADDRESS =
      new EndpointAddress("echo", "", "", "127.0.0.1", 1);
  private static final TraceContext TRACE = new TraceContext(1, 2, 3, (byte) 1, (byte) 0);
  private static final MethodSpec<StringValue, StringValue> CHAT =
      new MethodSpec<>(
          "test.Echo/Chat",
          MethodShape.BIDI_STREAMING,
          MethodKind.QUERY,
          true,
          EchoService.ECHO.requestCodec(),
          EchoService.ECHO.responseCodec());

  private static final EventLoop LOOP =
      new MultiThreadIoEventLoopGroup(
              1, new DefaultThreadFactory("fuzzed", true), NioIoHandler.newFactory())
          .next();

  private final GrpcConnection connection =
      new GrpcConnection(
          new Connector(EventLoops.shared(), LOOP, ADDRESS, null),
          ADDRESS,
          ProcessIdentity.of("fuzzed"),
          LIMITS,
          false,
          new NoGroup());
  private final AtomicInteger ends = new AtomicInteger();
  private @Nullable StreamSender<StringValue> chat;

  /**
   * A connection on which the server sends these bytes in pieces, and which then ends.
   *
   * @throws AssertionError if a call did not end, or ended twice
   */
  static void sends(byte[] bytes, int pieceBytes) throws Exception {
    new HostileServer().converse(bytes, pieceBytes);
  }

  private void converse(byte[] bytes, int pieceBytes) throws Exception {
    GrpcClientLink link =
        new GrpcClientLink(
            ADDRESS, LIMITS, new RequestFields(ProcessIdentity.of("fuzzed")), false, this);
    EmbeddedChannel channel = onLoop(() -> connect(link));
    onLoop(
        () -> {
          receive(channel, bytes, pieceBytes);
          return channel;
        });
    // Once more: what the loop was given meanwhile comes first.
    onLoop(
        () -> {
          channel.runPendingTasks();
          link.close("the conversation is over");
          channel.finishAndReleaseAll();
          channel.checkException();
          return channel;
        });
    // Replies that nobody has asked for keep a stream from ending.
    Objects.requireNonNull(chat).cancel("nobody reads on");
    onLoop(
        () -> {
          connection.dialer().close();
          return connection;
        });
    if (ends.get() != 2) {
      throw new AssertionError("ends of 2 calls: " + ends + " (expected: 2)");
    }
  }

  private EmbeddedChannel connect(GrpcClientLink link) {
    EmbeddedChannel channel = new EmbeddedChannel(link.handler());
    channel.writeInbound(Unpooled.wrappedBuffer(SETTINGS));
    Deadline deadline = Deadline.after(LONG, System.nanoTime());
    var unary =
        connection.send(
            new AttemptRequest<>(
                EchoService.ECHO, StringValue.of("7"), Metadata.EMPTY, deadline, 1, TRACE),
            this::ended);
    StreamSender<StringValue> stream =
        connection.open(
            new StreamRequest<>(CHAT, Metadata.EMPTY, deadline, 1, TRACE), new Listener());
    chat = stream;
    link.open((ClientStream<?>) unary);
    link.open((ClientStream<?>) stream);
    stream.send(StringValue.of("7"));
    stream.request(2);
    return channel;
  }

  private void receive(EmbeddedChannel channel, byte[] bytes, int pieceBytes) {
    for (int at = 0; at < bytes.length && channel.isActive(); at += pieceBytes) {
      ByteBuf piece = Unpooled.copiedBuffer(bytes, at, Math.min(pieceBytes, bytes.length - at));
      channel.writeInbound(piece);
      channel.runPendingTasks();
      channel.releaseOutbound();
    }
  }

  /** Everything runs where the connection's own commands do. */
  private <T> T onLoop(Callable<T> task) throws Exception {
    try {
      return connection.loop().submit(task).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  private void ended(AttemptResult<StringValue> result) {
    ends.incrementAndGet();
  }

  @Override
  public void ready(GrpcClientLink link) {}

  @Override
  public void streams(int most) {}

  @Override
  public void goingAway(GrpcClientLink link, String reason) {}

  @Override
  public void lost(GrpcClientLink link, String reason) {}

  @Override
  public void write(ClientStream<?> call) {
    call.notSent(Status.of(Status.Code.UNAVAILABLE, "nowhere else to go"));
  }

  @Override
  public void peerIsClearspan() {}

  /** The connection is by itself. */
  private static final class NoGroup implements GroupMember.Group {
    @Override
    public void stateChanged(
        GroupMember member, ConnectionState state, String cause, @Nullable LinkFault fault) {}

    @Override
    public void attempted(boolean connected) {}

    @Override
    public void loaded(LoadReport report) {}

    @Override
    public void served(boolean serving) {}

    @Override
    public void disconnected(@Nullable LinkFault fault) {}

    @Override
    public boolean crowded() {
      return false;
    }

    @Override
    public void roomMade() {}
  }

  private final class Listener implements StreamAttemptListener<StringValue> {
    @Override
    public void headers(Metadata headers) {}

    @Override
    public void message(StringValue message) {}

    @Override
    public void ready() {}

    @Override
    public void ended(AttemptResult<StringValue> result) {
      HostileServer.this.ended(result);
    }
  }
}
