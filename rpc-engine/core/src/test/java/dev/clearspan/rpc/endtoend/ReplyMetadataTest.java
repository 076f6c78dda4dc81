package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.Metadata;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.ReplyMetadata;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a server sends beside the reply reaches the caller that asks for it. */
class ReplyMetadataTest {
  private static final MethodSpec<String, String> DECORATED = CounterService.ECHO;
  private static final MethodSpec<String, String> PLAIN = CounterService.WRITE;
  private static final MethodSpec<String, String> FAILING = CounterService.BLOCK;

  private final List<String> heard = new ArrayList<>();
  private final CallOptions listening =
      CallOptions.DEFAULT.withReplyMetadata(
          new ReplyMetadata() {
            @Override
            public void headers(Metadata headers) {
              heard.add("headers " + headers);
            }

            @Override
            public void trailers(Metadata trailers) {
              heard.add("trailers " + trailers);
            }
          });
  private RpcServer server;

  @BeforeEach
  void start() {
    ServiceDefinition service =
        new ServiceDefinition(
            "test.Counter",
            List.of(
                BoundMethod.unary(DECORATED, this::decorated),
                BoundMethod.unary(PLAIN, text -> text),
                BoundMethod.unary(FAILING, this::failing)),
            null);
    server = RpcServer.builder("decorated").service(() -> service).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void headersAndTrailersComeWithTheReply() {
    try (RpcChannel channel = channel()) {
      assertThat(channel.call(DECORATED, "x", listening)).isEqualTo("x");
      assertThat(heard)
          .containsExactly(
              "headers " + Metadata.EMPTY.with("before", "1"),
              "trailers " + Metadata.EMPTY.with("after", "2"));
    }
  }

  @Test
  void aReplyWithoutAnyIsEmptyMetadata() {
    try (RpcChannel channel = channel()) {
      assertThat(channel.call(PLAIN, "x", listening)).isEqualTo("x");
      assertThat(heard).containsExactly("headers []", "trailers []");
    }
  }

  @Test
  void aFailuresMetadataComesOnTopOfTheTrailers() {
    try (RpcChannel channel = channel()) {
      assertThatThrownBy(() -> channel.call(FAILING, "x", listening))
          .hasMessageContaining("NOT_FOUND");
      assertThat(heard)
          .containsExactly(
              "headers []",
              "trailers " + Metadata.EMPTY.with("after", "2").with("hint", "elsewhere"));
    }
  }

  @Test
  void itPassesInterceptorsToo() {
    try (RpcChannel channel =
        RpcChannel.builder("decorated")
            .target("127.0.0.1", server.port())
            .interceptor(new PassingOn())
            .build()) {
      assertThat(channel.call(DECORATED, "x", listening)).isEqualTo("x");
      assertThat(heard).hasSize(2);
    }
  }

  private RpcChannel channel() {
    return RpcChannel.builder("decorated").target("127.0.0.1", server.port()).build();
  }

  private String decorated(String text) {
    Call call = Objects.requireNonNull(Call.current());
    call.setHeaders(Metadata.EMPTY.with("before", "1"));
    call.setTrailers(Metadata.EMPTY.with("after", "2"));
    return text;
  }

  private String failing(String text) {
    Objects.requireNonNull(Call.current()).setTrailers(Metadata.EMPTY.with("after", "2"));
    throw new RpcException(
        Status.of(Status.Code.NOT_FOUND, "no " + text),
        Metadata.EMPTY.with("hint", "elsewhere"),
        RpcException.Origin.LOCAL,
        null,
        null);
  }

  private static final class PassingOn implements Interceptor {
    @Override
    public String name() {
      return "passing-on";
    }

    @Override
    public String description() {
      return "Does nothing.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      return next.proceed(call, request);
    }
  }
}
