package dev.clearspan.console.invoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Duration;
import com.google.protobuf.DynamicMessage;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.DeadlinePolicy;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.Policy;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodShape;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcStream;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.Tls;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.generic.GenericMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that has passed all checks.
 *
 * @param instances where it may go, with addresses that may be dialled
 * @param requests one, unless the method takes a stream
 */
record PreparedCall(
    String service,
    GenericMethod method,
    List<Instance> instances,
    List<DynamicMessage> requests,
    Metadata metadata,
    long deadlineMillis,
    int maxMessages) {
  /** Of all answered messages together, in their JSON form. */
  static final int MOST_ANSWER_CHARACTERS = 1024 * 1024;

  /** What came back. */
  record Reply(
      Status status,
      RpcException.@Nullable Origin origin,
      List<JsonNode> messages,
      @Nullable String truncated,
      Metadata headers,
      Metadata trailers) {}

  /** Makes the call and waits for its end, at most until its deadline. */
  Reply make(ProcessIdentity identity, InvocationLedger ledger, @Nullable Tls tls) {
    Heard heard = new Heard();
    Answers answers = new Answers();
    CallOptions options =
        CallOptions.DEFAULT
            .withDeadline(java.time.Duration.ofMillis(deadlineMillis))
            .withMetadata(metadata)
            .withReplyMetadata(heard);
    try (RpcChannel channel = channel(identity, ledger, tls)) {
      if (method.spec().shape() == MethodShape.UNARY) {
        answers.add(channel.call(method.spec(), requests.get(0), options));
      } else {
        stream(channel, options, answers);
      }
      return answers.reply(Status.OK, null, heard.headers(), heard.trailers());
    } catch (RpcException e) {
      Metadata trailers = heard.trailers().isEmpty() ? e.metadata() : heard.trailers();
      return answers.reply(e.status(), e.origin(), heard.headers(), trailers);
    }
  }

  private RpcChannel channel(ProcessIdentity identity, InvocationLedger ledger, @Nullable Tls tls) {
    ChannelBuilder builder =
        RpcChannel.builder(service)
            .discovery(new FixedInstances(service, instances))
            .identity(identity)
            .ledger(ledger)
            .policy(policy());
    return (tls == null ? builder : builder.tls(tls)).build();
  }

  /** The deadline that was asked for, whatever the method's kind; an attempt may use all of it. */
  private Policy policy() {
    Duration deadline =
        Duration.newBuilder()
            .setSeconds(deadlineMillis / 1_000)
            .setNanos((int) (deadlineMillis % 1_000) * 1_000_000)
            .build();
    return Policy.newBuilder()
        .setDeadline(
            DeadlinePolicy.newBuilder()
                .setTimeout(deadline)
                .setMax(deadline)
                .setAttemptTimeout(deadline))
        .build();
  }

  private void stream(RpcChannel channel, CallOptions options, Answers answers) {
    try (RpcStream<DynamicMessage, DynamicMessage> stream = channel.open(method.spec(), options)) {
      requests.forEach(stream::send);
      stream.finish();
      DynamicMessage message = stream.receive();
      while (message != null && answers.add(message)) {
        message = stream.receive();
      }
    }
  }

  private final class Answers {
    private final List<JsonNode> messages = new ArrayList<>();
    private @Nullable String truncated;
    private int characters;

    /** Adds a message; false: it is one too many. */
    boolean add(DynamicMessage message) {
      if (messages.size() == maxMessages) {
        truncated = "there were more than " + maxMessages + " messages; the call was then ended";
        return false;
      }
      String text = text(message);
      characters += text.length();
      if (characters > MOST_ANSWER_CHARACTERS) {
        truncated = "the answer is larger than " + MOST_ANSWER_CHARACTERS + " characters of JSON";
        return false;
      }
      messages.add(Json.lenient(text));
      return true;
    }

    private String text(DynamicMessage message) {
      try {
        return method.reply().write(message);
      } catch (IllegalArgumentException e) {
        return Json.write(String.valueOf(e.getMessage()));
      }
    }

    Reply reply(
        Status status, RpcException.@Nullable Origin origin, Metadata headers, Metadata trailers) {
      return new Reply(status, origin, List.copyOf(messages), truncated, headers, trailers);
    }
  }
}
