package dev.clearspan.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.internal.transport.AttemptResult;
import dev.clearspan.rpc.internal.transport.ConnectionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Many callers on one connection: every reply belongs to its request, every call runs once. */
class AtMostOnceTest {
  private static final int CALLERS = 8;
  private static final int WINDOW = 20;
  private static final int CALLS = 1_500;

  @Test
  void concurrentCallsAreEachAnsweredOnceWithTheirOwnReply() throws Exception {
    EchoService service = new EchoService();
    RpcServer server = RpcServer.builder("echo").service(service).start();
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try (TestCaller caller = TestCaller.to(server.port())) {
      caller.awaitState(ConnectionState.READY);
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int number = i;
        work.add(() -> callMany(caller, "caller " + number));
      }
      int answered = 0;
      for (Future<Integer> each : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
        answered += each.get();
      }
      assertThat(answered).isEqualTo(CALLERS * CALLS);
      assertThat(service.handled).hasValue(CALLERS * CALLS);
      assertThat(caller.connection.inFlight()).isZero();
    } finally {
      threads.shutdown();
      server.close();
    }
  }

  private static int callMany(TestCaller caller, String prefix) throws Exception {
    int answered = 0;
    List<TestCaller.Sent> window = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      window.add(caller.send(EchoService.ECHO, prefix + " call " + i, Duration.ofSeconds(30)));
      if (window.size() == WINDOW) {
        answered += check(window, prefix, i - WINDOW + 1);
      }
    }
    return answered;
  }

  private static int check(List<TestCaller.Sent> window, String prefix, int first)
      throws Exception {
    for (int i = 0; i < window.size(); i++) {
      AttemptResult<StringValue> result = window.get(i).await(Duration.ofSeconds(30));
      assertThat(TestCaller.textOf(result)).isEqualTo(prefix + " call " + (first + i));
    }
    int answered = window.size();
    window.clear();
    return answered;
  }
}
