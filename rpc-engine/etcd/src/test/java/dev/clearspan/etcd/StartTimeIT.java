package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How long a server takes from the start of its JVM, as its callers and etcd see it. */
@ExtendWith(SharedEtcd.class)
final class StartTimeIT {
  private static final int STARTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path snapshots;

  private record Start(long answeringMillis, long registeredMillis) {}

  @Test
  @Tag("full")
  void anEchoServerAnswersWithinASecondAndIsRegisteredWithinFour() throws Exception {
    warmUpThisSide();
    List<Long> answering = new ArrayList<>();
    List<Long> registered = new ArrayList<>();
    for (int i = 0; i < STARTS; i++) {
      Start start = startOnce("start-time-" + i);
      answering.add(start.answeringMillis());
      registered.add(start.registeredMillis());
    }
    System.out.printf("answering after %s ms, registered after %s ms%n", answering, registered);
    assertThat(median(answering)).as("ms until answering, of %s", answering).isLessThan(1_000);
    assertThat(median(registered)).as("ms until registered, of %s", registered).isLessThan(4_000);
  }

  private Start startOnce(String env) throws Exception {
    List<Long> seen = Collections.synchronizedList(new ArrayList<>());
    try (EtcdRegistry registry = EtcdFixtures.direct(env, snapshots)) {
      registry.watch(
          EchoServerProcess.SERVICE,
          set -> {
            if (!set.instances().isEmpty()) {
              seen.add(System.nanoTime());
            }
          });
      int port = freePort();
      long began = System.nanoTime();
      try (EchoServerProcess server =
          EchoServerProcess.start(SharedEtcd.process().endpoint(), env, port)) {
        awaitAnswer(port);
        long answered = System.nanoTime();
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        return new Start(millis(answered - began), millis(seen.get(0) - began));
      }
    }
  }

  private static void awaitAnswer(int port) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .pollDelay(Duration.ZERO)
        .atMost(PATIENCE)
        .until(() -> isListening(port));
    call(port);
  }

  private static void call(int port) {
    try (RpcChannel channel =
        RpcChannel.builder(EchoServerProcess.SERVICE).target("127.0.0.1", port).build()) {
      CallOptions patient = CallOptions.DEFAULT.withDeadline(PATIENCE);
      assertThat(channel.call(EchoService.ECHO, EchoServerProcess.greeting(), patient))
          .isEqualTo(EchoServerProcess.greeting());
    } catch (RpcException e) {
      throw new AssertionError("no answer at port " + port, e);
    }
  }

  /** So that the loading of this side's classes is not counted. */
  private static void warmUpThisSide() {
    try (RpcServer server =
        RpcServer.builder(EchoServerProcess.SERVICE).service(new EchoService()).start()) {
      call(server.port());
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static long median(List<Long> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
