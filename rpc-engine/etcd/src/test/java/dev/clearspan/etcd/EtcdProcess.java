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
  private final List<String> serverFlags;
  private final List<String> clientFlags;
  private Process process;

  /** One member's name and ports. */
  private record Member(String name, int clientPort, int peerPort) {
    String peerUrl() {
      return "http://127.0.0.1:" + peerPort;
    }

    /** Members on free ports, each held until all are found: no two are the same. */
    static List<Member> free(int size) throws IOException {
      List<ServerSocket> held = new ArrayList<>();
      try {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          ServerSocket client = freePort();
          held.add(client);
          ServerSocket peer = freePort();
          held.add(peer);
          members.add(new Member("m" + i, client.getLocalPort(), peer.getLocalPort()));
        }
        return members;
      } finally {
        for (ServerSocket each : held) {
          each.close();
        }
      }
    }
  }

  private EtcdProcess(
      Path directory,
      Member self,
      List<Member> members,
      List<String> serverFlags,
      List<String> clientFlags)
      throws IOException {
    this.directory = directory;
    this.self = self;
    this.members = members;
    this.serverFlags = List.copyOf(serverFlags);
    this.clientFlags = List.copyOf(clientFlags);
    process = launch();
  }

  /** Starts etcd and returns when it answers. */
  public static EtcdProcess start() {
    return start(List.of(), List.of());
  }

  /**
   * Starts etcd with further flags for it and for etcdctl; with {@code --cert-file} it speaks TLS.
   * Returns when it answers.
   */
  public static EtcdProcess start(List<String> serverFlags, List<String> clientFlags) {
    return startCluster(1, serverFlags, clientFlags).get(0);
  }

  /** Starts a cluster and returns its members when all answer. */
  public static List<EtcdProcess> startCluster(int size) {
    return startCluster(size, List.of(), List.of());
  }

  private static List<EtcdProcess> startCluster(
      int size, List<String> serverFlags, List<String> clientFlags) {
    if (!Files.isExecutable(BINARY) || !Files.isExecutable(CONTROL)) {
      throw new AssertionError(
          "no " + BINARY + " or " + CONTROL + " (remedy: apt-get install etcd-server etcd-client)");
    }
    try {
      List<Member> members = Member.free(size);
      List<EtcdProcess> cluster = new ArrayList<>();
      for (Member member : members) {
        Path directory = Files.createTempDirectory("etcd-test");
        cluster.add(new EtcdProcess(directory, member, members, serverFlags, clientFlags));
      }
      try {
        cluster.forEach(EtcdProcess::awaitReady);
      } catch (AssertionError e) {
        cluster.forEach(EtcdProcess::close);
        throw e;
      }
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String endpoint() {
    boolean tls = serverFlags.stream().anyMatch(flag -> flag.startsWith("--cert-file="));
    return (tls ? "https" : "http") + "://127.0.0.1:" + self.clientPort();
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
    return run(control(clientFlags, arguments));
  }

  /** The same as another user, {@code name:password}. */
  String as(String user, String... arguments) {
    return run(control(List.of("--user=" + user), arguments));
  }

  private String[] control(List<String> flags, String... arguments) {
    List<String> command = new ArrayList<>(flags);
    command.add(0, CONTROL.toString());
    command.add("--endpoints=" + endpoint());
    command.add("--command-timeout=5s");
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
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
    while (exitCode(control(clientFlags, "endpoint", "health")) != 0) {
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
    List<String> command = new ArrayList<>(serverFlags);
    command.addAll(
        0,
        List.of(
            BINARY.toString(),
            "--name=" + self.name(),
            "--data-dir=" + directory.resolve("data"),
            "--listen-client-urls=" + endpoint(),
            "--advertise-client-urls=" + endpoint(),
            "--listen-peer-urls=" + self.peerUrl(),
            "--initial-advertise-peer-urls=" + self.peerUrl(),
            "--initial-cluster=" + cluster,
            "--unsafe-no-fsync"));
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
