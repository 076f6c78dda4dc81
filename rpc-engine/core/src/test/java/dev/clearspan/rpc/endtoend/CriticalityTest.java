package dev.clearspan.rpc.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.Call;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Criticality;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.Protocol;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.ServiceDefinition;
import dev.clearspan.rpc.ServiceDefinition.BoundMethod;
import dev.clearspan.rpc.ServiceDefinition.UnaryHandler;
import dev.clearspan.rpc.client.ChannelBuilder;
import dev.clearspan.rpc.server.EchoService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much a call matters goes with it, over every protocol, and on to the calls it causes. */
class CriticalityTest {
  private static final MethodSpec<StringValue, StringValue> TELL = EchoService.method("Tell");
  private static final CallOptions OPTIONS =
      CallOptions.DEFAULT.withDeadline(Duration.ofSeconds(20));

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  @AfterEach
  void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void reachesTheHandlerOverBothProtocols(Criticality criticality) {
    RpcServer server = serve("leaf", CriticalityTest::tell);
    CallOptions options = OPTIONS.withCriticality(criticality);

    assertThat(call(to("leaf", server, Protocol.CLEARSPAN), options)).isEqualTo(criticality.name());
    assertThat(call(to("leaf", server, Protocol.GRPC), options)).isEqualTo(criticality.name());
    assertThat(call(open("leaf", builder -> builder.inProcess(server)), options))
        .isEqualTo(criticality.name());
  }

  @Test
  void isCriticalUnlessSaidOtherwise() {
    RpcServer server = serve("leaf", CriticalityTest::tell);

    assertThat(call(to("leaf", server, Protocol.CLEARSPAN), OPTIONS)).isEqualTo("CRITICAL");
  }

  @Test
  void isInheritedByTheCallsThatAHandlerMakes() {
    RpcServer leaf = serve("leaf", CriticalityTest::tell);
    RpcChannel next = to("leaf", leaf, Protocol.CLEARSPAN);
    RpcServer front = serve("front", request -> next.call(TELL, request, OPTIONS));
    RpcChannel channel = to("front", front, Protocol.GRPC);

    CallOptions sheddable = OPTIONS.withCriticality(Criticality.SHEDDABLE);
    assertThat(call(channel, sheddable)).isEqualTo("SHEDDABLE");
  }

  @Test
  void aHandlersOwnWordCountsMoreThanWhatItInherited() {
    RpcServer leaf = serve("leaf", CriticalityTest::tell);
    RpcChannel next = to("leaf", leaf, Protocol.CLEARSPAN);
    CallOptions sheddable = OPTIONS.withCriticality(Criticality.SHEDDABLE_PLUS);
    RpcServer front = serve("front", request -> next.call(TELL, request, sheddable));

    CallOptions critical = OPTIONS.withCriticality(Criticality.CRITICAL_PLUS);
    assertThat(call(to("front", front, Protocol.CLEARSPAN), critical)).isEqualTo("SHEDDABLE_PLUS");
  }

  @Test
  void anInterceptorMayChangeIt() {
    RpcServer server = serve("leaf", CriticalityTest::tell);
    RpcChannel channel =
        open(
            "leaf", builder -> builder.target("127.0.0.1", server.port()).interceptor(new Batch()));

    assertThat(call(channel, OPTIONS)).isEqualTo("SHEDDABLE");
  }

  @Test
  void isAHeaderInHttp() throws Exception {
    RpcServer server = serve("leaf", CriticalityTest::tell);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.port() + "/" + TELL.fullName()))
            .header("content-type", "application/json")
            .header("clearspan-criticality", "sheddable_plus")
            .POST(BodyPublishers.ofString("\"?\""))
            .build();

    String reply = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    assertThat(reply).isEqualTo("\"SHEDDABLE_PLUS\"");
  }

  private static final class Batch implements Interceptor {
    @Override
    public String name() {
      return "batch";
    }

    @Override
    public String description() {
      return "Says that all calls of the channel may fail.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      return next.proceed(call.withCriticality(Criticality.SHEDDABLE), request);
    }
  }

  private static StringValue tell(StringValue request) {
    Call call = Objects.requireNonNull(Call.current());
    return StringValue.of(call.spec().criticality().name());
  }

  private static String call(RpcChannel channel, CallOptions options) {
    return channel.call(TELL, StringValue.of("?"), options).getValue();
  }

  private RpcServer serve(String name, UnaryHandler<StringValue, StringValue> handler) {
    BoundMethod<StringValue, StringValue> tell = BoundMethod.unary(TELL, handler);
    RpcServer server =
        RpcServer.builder(name)
            .service(() -> new ServiceDefinition("test.Echo", List.of(tell), null))
            .start();
    opened.push(server);
    return server;
  }

  private RpcChannel to(String name, RpcServer server, Protocol protocol) {
    return open(name, builder -> builder.target("127.0.0.1", server.port()).protocol(protocol));
  }

  private RpcChannel open(String name, UnaryOperator<ChannelBuilder> also) {
    RpcChannel channel = also.apply(RpcChannel.builder(name)).build();
    opened.push(channel);
    return channel;
  }
}
