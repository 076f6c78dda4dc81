package dev.clearspan.rpc.compat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import dev.clearspan.rpc.server.EchoService;
import dev.clearspan.rpc.server.TestCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the client of a recorded conversation does, one step after the other. */
final class Conversation {
  static final String LARGE = "seven".repeat(4_000);

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Metadata TENANT = Metadata.EMPTY.with("tenant", "acme").with("shard", "7");

  private Conversation() {}

  /** Holds the conversation; returns how each call ended. */
  static List<String> hold(TestCaller caller) throws Exception {
    caller.awaitState(ConnectionState.READY);
    List<String> ends = new ArrayList<>();
    ends.add(ended(caller.send(EchoService.ECHO, "seven", LONG, TENANT)));
    ends.add(ended(caller.send(EchoService.FAIL, "it", LONG)));
    ends.add(ended(caller.send(EchoService.MISSING, "", LONG)));
    ends.add(ended(caller.send(EchoService.ECHO, LARGE, LONG)));
    ends.add(ended(caller.send(EchoService.BLOCK, "late", SHORT)));
    ends.add(cancelled(caller, EchoService.BLOCK));
    ends.add(ended(caller.send(EchoService.ECHO, "", LONG)));
    return ends;
  }

  private static String cancelled(TestCaller caller, MethodSpec<StringValue, StringValue> method)
      throws Exception {
    TestCaller.Sent sent = caller.send(method, "given up", LONG);
    sent.attempt().cancel();
    return ended(sent);
  }

  private static String ended(TestCaller.Sent sent) throws Exception {
    AttemptResult<StringValue> result = sent.await(LONG);
    String status = result.status().code().name();
    return result instanceof AttemptResult.Replied<StringValue> replied && replied.message() != null
        ? status + " " + replied.message().getValue()
        : status;
  }
}
