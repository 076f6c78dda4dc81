package dev.clearspan.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clearspan.protocol.BreakerState;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.rpc.CallSpec;
import dev.clearspan.rpc.Interceptor;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.Status.Code;
import dev.clearspan.rpc.internal.transport.FakeTransport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Whatever ends a call, its failure names the trace. */
class FailureTraceTest extends ChannelFixture {
  private static final String TRACE = "0123456789abcdef0123456789abcdef";

  @Test
  void noEndpoint() {
    registry.publishEmpty();
    CompletableFuture<String> waiting = start(GET);
    clock.advance(Duration.ofSeconds(2));
    assertNamed(failure(waiting), Pipeline.DEADLINE, Pipeline.BALANCER);
  }

  @Test
  void drainedEndpoints() {
    registry.put(1);
    registry.control(1, InstanceControl.newBuilder().setEject(true).build());
    assertNamed(failure(GET), Pipeline.BALANCER);
  }

  @Test
  void forcedBreaker() {
    registry.put(1);
    registry.force(ForcedBreaker.newBuilder().setState(BreakerState.OPEN).setAuthor("ada").build());
    assertNamed(failure(GET), Pipeline.BREAKER);
  }

  @Test
  void passedDeadline() {
    registry.put(1);
    peer(1).holds();
    CompletableFuture<String> call = start(CHARGE);
    clock.advance(Duration.ofSeconds(4));
    assertNamed(failure(call), Pipeline.TRANSPORT, Pipeline.DEADLINE, Pipeline.RETRY);
  }

  @Test
  void lostConnection() {
    registry.put(1);
    peer(1).answers(FakeTransport.lost());
    assertNamed(failure(CHARGE), Pipeline.TRANSPORT, Pipeline.RETRY);
  }

  @Test
  void serversWord() {
    registry.put(1);
    peer(1).answers(FakeTransport.status(Code.NOT_FOUND));
    assertNamed(failure(GET), Pipeline.SERVER);
  }

  @Test
  void interceptorsWord() {
    registry.put(1);
    open(builder -> builder.interceptor(new Refusing()));
    assertNamed(failure(GET), Pipeline.INTERCEPTORS, "refusing");
  }

  @Test
  void closedChannel() {
    registry.put(1);
    peer(1).answers(FakeTransport.lost());
    CompletableFuture<String> backingOff = start(GET);
    channel().close();
    clock.advance(Duration.ofSeconds(1));
    assertNamed(failure(backingOff), Pipeline.TRANSPORT, Pipeline.RETRY, Pipeline.BALANCER);
  }

  private static void assertNamed(RpcException failure, String... stages) {
    assertThat(failure.traceId()).isEqualTo(TRACE);
    assertThat(failure).hasMessageContaining("trace=" + TRACE);
    assertThat(site(failure).stage()).isIn((Object[]) stages);
  }

  private static final class Refusing implements Interceptor {
    @Override
    public String name() {
      return "refusing";
    }

    @Override
    public String description() {
      return "Refuses.";
    }

    @Override
    public <Q, R> CompletionStage<R> intercept(CallSpec<Q, R> call, Q request, Next<Q, R> next) {
      throw new RpcException(Code.PERMISSION_DENIED, "not here");
    }
  }
}
