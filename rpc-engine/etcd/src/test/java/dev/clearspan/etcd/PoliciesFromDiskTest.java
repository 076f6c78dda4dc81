package dev.clearspan.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.StringValue;
import dev.clearspan.rpc.CallOptions;
import dev.clearspan.rpc.ProcessIdentity;
import dev.clearspan.rpc.RpcChannel;
import dev.clearspan.rpc.RpcException;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.control.SeenRules;
import dev.clearspan.rpc.discovery.SeenInstances;
import dev.clearspan.rpc.server.EchoService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Processes that start while etcd is stopped, and what they find on disk. */
final class PoliciesFromDiskTest {
  private static final String ENV = "disk";
  private static final String KEY = "/clearspan/v1/disk/svc/echo/ctl/policy";
  private static final String SHORT =
      "{\"service\":{\"deadline\":{\"timeout\":\"30s\",\"attemptTimeout\":\"0.077s\"},"
          + "\"retry\":{\"maxAttempts\":1}}}";
  private static final StringValue WAIT = StringValue.of("wait");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path snapshots;
  private final EtcdProcess etcd = EtcdProcess.start();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void readTheLog() {
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void stop() {
    logger().detachAppender(log);
    etcd.close();
  }

  @Test
  void aClientStartedWhileEtcdIsDownObeysItsLastGoodPolicy_fromItsFirstCallOn() {
    EchoService echo = new EchoService();
    try (EtcdRegistry ofServer = connect(snapshots.resolve("server"));
        RpcServer server =
            RpcServer.builder("echo").port(0).registry(ofServer).service(echo).start()) {
      etcd.etcdctl("put", KEY, SHORT);
      remember(1);
      etcd.kill();

      try (EtcdRegistry restarted = connect(snapshots);
          RpcChannel channel = RpcChannel.to("echo", restarted)) {
        assertThatThrownBy(() -> channel.call(EchoService.BLOCK, WAIT, CallOptions.DEFAULT))
            .isInstanceOfSatisfying(
                RpcException.class,
                e -> assertThat(e.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED))
            .hasMessageContaining("attempts=1 ");
      } finally {
        echo.release.countDown();
      }
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void aDocumentRefusedMeanwhileDoesNotReplaceTheLastGoodOneOfTheFormerProcess() {
    etcd.etcdctl("put", KEY, SHORT);
    remember(0);
    etcd.etcdctl("put", KEY, "{\"service\":{\"retry\":{\"maxAttempts\":99}}}");

    SeenRules seen = new SeenRules();
    try (EtcdRegistry restarted = connect(snapshots)) {
      restarted.watchRules("echo", seen);
      await().atMost(PATIENCE).until(() -> !seen.isEmpty() && seen.last().revision() > 0);

      assertThat(seen.last().refused()).singleElement().asString().contains("maxAttempts: 99");
      assertThat(timeoutMillis(seen)).isEqualTo(77);
    }
  }

  @Test
  void damagedAndForeignFilesAreNamedInTheLogAndIgnored() throws IOException {
    etcd.etcdctl("put", KEY, SHORT);
    remember(0);
    etcd.kill();
    Path file = snapshots.resolve(ENV).resolve("echo.snapshot");
    String good = Files.readString(file);

    for (String bad :
        List.of(
            good.replace("0.077s", "9.077s"),
            good.substring(0, good.length() / 2),
            "clearspan-snapshot/2 newer\n{}",
            "\u0000\u0001 some other program's file")) {
      Files.writeString(file, bad);
      log.list.clear();
      try (EtcdRegistry restarted = connect(snapshots)) {
        SeenRules seen = new SeenRules();
        restarted.watchRules("echo", seen);
        await().atMost(PATIENCE).until(() -> logged(file.toString()));
        assertThat(seen.isEmpty()).isTrue();
      }
    }
  }

  @Test
  void aRememberedPolicyIsCheckedLikeOneOfEtcd() {
    etcd.kill();
    new SnapshotDirectory(snapshots, ENV, "p1")
        .write(
            new ServiceSnapshot(
                "echo",
                7,
                Map.of(
                    "svc/echo/ctl/policy", "{\"service\":{\"deadline\":{\"timeout\":\"9000s\"}}}",
                    "svc/echo/ctl/breaker", "{}")));

    SeenRules seen = new SeenRules();
    try (EtcdRegistry restarted = connect(snapshots)) {
      restarted.watchRules("echo", seen);
      await().atMost(PATIENCE).until(() -> !seen.isEmpty());

      assertThat(seen.last().refused())
          .containsExactly(
              "svc/echo/ctl/policy: service.deadline.timeout: 9000s (expected: 0.001s to 3600s)");
      assertThat(seen.last().policy().hasService()).isFalse();
      assertThat(restarted.ignored()).hasSize(1);
    }
  }

  /** A process that learns the policy and so many instances, and ends: they are on disk. */
  private void remember(int instances) {
    SeenRules rules = new SeenRules();
    SeenInstances seen = new SeenInstances();
    try (EtcdRegistry first = connect(snapshots)) {
      first.watchRules("echo", rules);
      first.watch("echo", seen);
      await().atMost(PATIENCE).until(() -> timeoutMillis(rules) == 77);
      await().atMost(PATIENCE).until(() -> !seen.isEmpty() && seen.ids().size() == instances);
    }
  }

  private static long timeoutMillis(SeenRules seen) {
    return seen.last().policy().getService().getDeadline().getAttemptTimeout().getNanos()
        / 1_000_000;
  }

  private EtcdRegistry connect(Path directory) {
    return EtcdRegistry.builder()
        .endpoints(etcd.endpoint())
        .env(ENV)
        .identity(ProcessIdentity.of("shop"))
        .snapshotDirectory(directory)
        .build();
  }

  private boolean logged(String part) {
    return log.list.stream().anyMatch(event -> event.getFormattedMessage().contains(part));
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(SnapshotDirectory.class);
  }
}
