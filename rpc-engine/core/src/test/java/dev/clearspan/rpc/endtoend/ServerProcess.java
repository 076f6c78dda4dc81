package dev.clearspan.rpc.endtoend;

import dev.clearspan.protocol.Instance;
import dev.clearspan.rpc.RpcServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link CounterService} in a process of its own, so that a test can kill it. */
public final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final Instance instance;

  private ServerProcess(Process process, Instance instance) {
    this.process = process;
    this.instance = instance;
  }

  /** A server whose only service is test.Counter, on a small JVM that starts quickly. */
  public static ServerProcess start(String service) {
    return start(service, "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  }

  /** The same on a JVM with these options. */
  public static ServerProcess start(String service, String... jvmOptions) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmOptions));
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), ServerProcess.class.getName(), service));
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
      return new ServerProcess(process, announced(service, process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instance announced(String service, Process process) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("serving ")) {
        String[] words = line.split(" ");
        return Servers.instance(service, words[1], words[2], Integer.parseInt(words[3]));
      }
    }
    throw new IOException("the server process ended before it served");
  }

  Instance instance() {
    return instance;
  }

  public int port() {
    return instance.getPort();
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
  }

  /** kill -STOP: its connections stay open, and nothing answers. */
  void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** kill -CONT. */
  void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    int exit = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("kill -" + name + " " + pid + ": exit " + exit + " (expected: 0)");
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Serves until its standard input ends, which it does with the parent. */
  public static void main(String[] args) throws IOException {
    RpcServer server = RpcServer.builder(args[0]).service(new CounterService()).start();
    System.out.println(
        "serving %s %s %d"
            .formatted(
                server.identity().instanceId(), server.identity().processId(), server.port()));
    if (System.in.read() < 0) {
      server.close();
    }
  }
}
