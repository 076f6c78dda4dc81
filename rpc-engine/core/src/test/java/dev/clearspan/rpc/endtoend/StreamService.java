package dev.clearspan.rpc.endtoend;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodKind;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyStream;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcService;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.StreamReceiver;
import dev.clearspan.rpc.TextCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Every shape of method, each with a handler that waits and one that does not. */
public final class StreamService implements RpcService {
  public static final MethodSpec<String, String> JOIN =
      method("Join", MethodShape.CLIENT_STREAMING);
  public static final MethodSpec<String, String> COUNT =
      method("Count", MethodShape.SERVER_STREAMING);
  public static final MethodSpec<String, String> SHOUT =
      method("Shout", MethodShape.BIDI_STREAMING);
  public static final MethodSpec<String, String> ECHO = method("Echo", MethodShape.UNARY);
  public static final MethodSpec<String, String> ASYNC_JOIN =
      method("AsyncJoin", MethodShape.CLIENT_STREAMING);
  public static final MethodSpec<String, String> ASYNC_COUNT =
      method("AsyncCount", MethodShape.SERVER_STREAMING);
  public static final MethodSpec<String, String> ASYNC_SHOUT =
      method("AsyncShout", MethodShape.BIDI_STREAMING);
  public static final MethodSpec<String, String> ASYNC_ECHO =
      method("AsyncEcho", MethodShape.UNARY);

  /** Answers with what happens to it: waits for a message that never comes. */
  public static final MethodSpec<String, String> WAIT = method("Wait", MethodShape.BIDI_STREAMING);

  /** Takes nothing, sends nothing, and does not end. */
  public static final MethodSpec<String, String> IGNORE =
      method("Ignore", MethodShape.BIDI_STREAMING);

  /** Sends messages of the size asked for until it is stopped. */
  public static final MethodSpec<String, String> FLOOD =
      method("Flood", MethodShape.SERVER_STREAMING);

  /** Sends "partial", then fails with NOT_FOUND. */
  public static final MethodSpec<String, String> FAIL =
      method("Fail", MethodShape.SERVER_STREAMING);

  public final AtomicInteger begun = new AtomicInteger();
  public final AtomicInteger cancelled = new AtomicInteger();
  public final AtomicInteger flooded = new AtomicInteger();

  public static MethodSpec<String, String> method(String name, MethodShape shape) {
    return new MethodSpec<>(
        "test.Streams/" + name,
        shape,
        MethodKind.EXTERNAL,
        false,
        new TextCodec(),
        new TextCodec());
  }

  @Override
  public ServiceDefinition definition() {
    return new ServiceDefinition(
        "test.Streams",
        List.of(
            BoundMethod.stream(JOIN, this::join),
            BoundMethod.stream(COUNT, this::count),
            BoundMethod.stream(SHOUT, this::shout),
            BoundMethod.stream(ECHO, this::shout),
            BoundMethod.stream(WAIT, this::waitForCancel),
            BoundMethod.stream(FLOOD, this::flood),
            BoundMethod.stream(FAIL, this::fail),
            BoundMethod.async(IGNORE, (call, replies) -> new Ignoring(call)),
            BoundMethod.async(ASYNC_JOIN, (call, replies) -> new Joining(replies)),
            BoundMethod.async(ASYNC_COUNT, (call, replies) -> new Counting(replies)),
            BoundMethod.async(ASYNC_SHOUT, (call, replies) -> new Shouting(replies)),
            BoundMethod.async(ASYNC_ECHO, (call, replies) -> new Shouting(replies))),
        null);
  }

  private void join(RpcStream<String, String> stream) {
    begun.incrementAndGet();
    List<String> all = new ArrayList<>();
    String next;
    while ((next = stream.receive()) != null) {
      all.add(next);
    }
    stream.send(String.join(",", all));
  }

  private void count(RpcStream<String, String> stream) {
    begun.incrementAndGet();
    int most = Integer.parseInt(String.valueOf(stream.receive()));
    for (int i = 1; i <= most; i++) {
      stream.send(String.valueOf(i));
    }
  }

  private void shout(RpcStream<String, String> stream) {
    begun.incrementAndGet();
    String next;
    while ((next = stream.receive()) != null) {
      stream.send(next.toUpperCase(Locale.ROOT));
    }
  }

  private void waitForCancel(RpcStream<String, String> stream) {
    begun.incrementAndGet();
    try {
      String unused = stream.receive();
    } catch (RpcException e) {
      Call call = Call.current();
      if (call != null && call.isCancelled()) {
        cancelled.incrementAndGet();
      }
      throw e;
    }
  }

  private void flood(RpcStream<String, String> stream) {
    begun.incrementAndGet();
    String message = "x".repeat(Integer.parseInt(String.valueOf(stream.receive())));
    try {
      while (true) {
        stream.send(message);
        flooded.incrementAndGet();
      }
    } finally {
      cancelled.incrementAndGet();
    }
  }

  private void fail(RpcStream<String, String> stream) {
    begun.incrementAndGet();
    stream.send("partial");
    throw new RpcException(
        Status.of(Status.Code.NOT_FOUND, "no such stream"),
        Metadata.EMPTY.with("hint", "try another"),
        RpcException.Origin.LOCAL,
        null,
        null);
  }

  private final class Ignoring implements StreamReceiver<String> {
    Ignoring(Call call) {
      begun.incrementAndGet();
      call.onCancel(cancelled::incrementAndGet);
    }

    @Override
    public void message(String message) {
      throw new AssertionError("not requested: " + message);
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {}
  }

  private record Joining(ReplyStream<String> replies, List<String> all)
      implements StreamReceiver<String> {
    Joining(ReplyStream<String> replies) {
      this(replies, new ArrayList<>());
      replies.request(1);
    }

    @Override
    public void message(String message) {
      all.add(message);
      replies.request(1);
    }

    @Override
    public void finished() {
      replies.send(String.join(",", all));
      replies.end(Status.OK, Metadata.EMPTY.with("joined", String.valueOf(all.size())));
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {}
  }

  private static final class Counting implements StreamReceiver<String> {
    private final ReplyStream<String> replies;
    private int next = 1;
    private int most;

    Counting(ReplyStream<String> replies) {
      this.replies = replies;
      replies.headers(Metadata.EMPTY.with("counted-by", "test"));
      replies.request(1);
    }

    @Override
    public void message(String message) {
      most = Integer.parseInt(message);
    }

    @Override
    public void finished() {
      ready();
    }

    @Override
    public void ready() {
      while (next <= most && replies.isReady()) {
        replies.send(String.valueOf(next++));
      }
      if (next > most) {
        replies.finish();
      }
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {}
  }

  private record Shouting(ReplyStream<String> replies) implements StreamReceiver<String> {
    private Shouting {
      replies.request(1);
    }

    @Override
    public void message(String message) {
      replies.send(message.toUpperCase(Locale.ROOT));
      replies.request(1);
    }

    @Override
    public void finished() {
      replies.finish();
    }

    @Override
    public void ended(@Nullable RpcException failure, Metadata trailers) {}
  }
}
