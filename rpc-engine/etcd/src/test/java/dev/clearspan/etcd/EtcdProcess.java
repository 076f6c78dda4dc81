package dev.clearspan.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real etcd for tests: one member on free loopback ports with a directory of its own. It can be
 * killed, restarted on the same ports and data, frozen and thawed; {@link #close} leaves nothing
 * behind. Not thread-safe.
 */
public final class EtcdProcess implements EtcdServer {
  private static final Path BINARY = Path.of("/usr/bin/etcd");
  private static final Path CONTROL = Path.of("/usr/bin/etcdctl");
  private static final long START_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path directory;
  private final Member self;
  private final List<Member> members;
  private Process process;

  /** One member's name and ports. */
  private record Member(String name, int clientPort, int peerPort) {
    String peerUrl() {
      return "http://127.0.0.1:" + peerPort;
    }

    static Member free(String name) throws IOException {
      try (ServerSocket client = freePort();
          ServerSocket peer = freePort()) {
        return new Member(name, client.getLocalPort(), peer.getLocalPort());
      }
    }
  }

  private EtcdProcess(Path directory, Member self, List<Member> members) throws IOException {
    this.directory = directory;
    this.self = self;
    this.members = members;
    process = launch();
  }

  /** Starts etcd and returns when it answers. */
  public static EtcdProcess start() {
    return startCluster(1).get(0);
  }

  /** Starts a cluster and returns its members when all answer. */
  public static List<EtcdProcess> startCluster(int size) {
    if (!Files.isExecutable(BINARY) || !Files.isExecutable(CONTROL)) {
      throw new AssertionError(
          "no " + BINARY + " or " + CONTROL + " (remedy: apt-get install etcd-server etcd-client)");
    }
    try {
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        members.add(Member.free("m" + i));
      }
      List<EtcdProcess> cluster = new ArrayList<>();
      for (Member member : members) {
        cluster.add(new EtcdProcess(Files.createTempDirectory("etcd-test"), member, members));
      }
      cluster.forEach(EtcdProcess::awaitReady);
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String endpoint() {
    return "http://127.0.0.1:" + self.clientPort();
  }

  @Override
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  @Override
  public void restart() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void freeze() {
    run("kill", "-STOP", Long.toString(process.pid()));
  }

  @Override
  public void thaw() {
    run("kill", "-CONT", Long.toString(process.pid()));
  }

  /** Runs etcdctl against it and returns what it prints. */
  public String etcdctl(String... arguments) {
    Stream<String> command =
        Stream.of(CONTROL.toString(), "--endpoints=" + endpoint(), "--command-timeout=5s");
    return run(Stream.concat(command, Stream.of(arguments)).toArray(String[]::new));
  }

  /** Whether it leads its cluster. */
  public boolean isLeader() {
    return etcdctl("endpoint", "status", "--write-out=fields").contains("\"Leader\" : " + id());
  }

  private String id() {
    String fields = etcdctl("endpoint", "status", "--write-out=fields");
    int start = fields.indexOf("\"MemberID\" : ") + "\"MemberID\" : ".length();
    return fields.substring(start, fields.indexOf('\n', start));
  }

  @Override
  public void awaitReady() {
    long deadline = System.nanoTime() + START_LIMIT_NANOS;
    while (exitCode(CONTROL.toString(), "--endpoints=" + endpoint(), "endpoint", "health") != 0) {
      if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
        throw new AssertionError("etcd does not answer; its log: " + directory.resolve("log"));
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process launch() throws IOException {
    String cluster =
        members.stream()
            .map(member -> member.name() + "=" + member.peerUrl())
            .collect(Collectors.joining(","));
    List<String> command =
        List.of(
            BINARY.toString(),
            "--name=" + self.name(),
            "--data-dir=" + directory.resolve("data"),
            "--listen-client-urls=" + endpoint(),
            "--advertise-client-urls=" + endpoint(),
            "--listen-peer-urls=" + self.peerUrl(),
            "--initial-advertise-peer-urls=" + self.peerUrl(),
            "--initial-cluster=" + cluster,
            "--unsafe-no-fsync");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ETCD_UNSUPPORTED_ARCH", System.getProperty("os.arch"));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
        .start();
  }

  private void awaitExit() {
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Below the ports of outgoing connections, one of which might take it before etcd does. */
  private static ServerSocket freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        // Taken: another one.
      }
    }
  }

  private static int exitCode(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String run(String... command) {
    try {
      Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (run.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
