package dev.clearspan.console.findable;

import dev.clearspan.console.TestConsole;
import dev.clearspan.etcd.EtcdRegistry;
import dev.clearspan.rpc.ProcessIdentity;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes of a chain of hops and its caller; they end with this JVM. */
final class Chain implements AutoCloseable {
  private static final String HEAD_RATE = "0.01";

  private final int hops;
  private final String etcd;
  private final String env;
  private final Path snapshots;
  private final int otlpPort;
  private final List<Process> processes = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  /** A chain of so many hops that reports to the console, not started yet. */
  Chain(int hops, TestConsole console, Path snapshots) {
    this.hops = hops;
    this.etcd = console.config().registry();
    this.env = console.config().env();
    this.snapshots = snapshots;
    this.otlpPort = console.console().otlpPort();
  }

  /** The registry of a process whose arguments begin with etcd, environment and directory. */
  static EtcdRegistry registry(String[] args, ProcessIdentity identity) {
    return EtcdRegistry.builder()
        .endpoints(args[0])
        .env(args[1])
        .snapshotDirectory(Path.of(args[2]))
        .identity(identity)
        .build();
  }

  static void untilInputEnds() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
  }

  /** Starts all hops; returns when they accept calls. */
  void start() {
    for (int hop = hops; hop >= 1; hop--) {
      Process process = launch(HopProcess.class, Integer.toString(hop), Integer.toString(hops));
      ports.add(Integer.parseInt(line(output(process)).replace("port ", "")));
    }
  }

  /** Where the hops listen, once they are started. */
  List<Integer> ports() {
    return List.copyOf(ports);
  }

  /**
   * Starts the caller; its output is to be read to the end.
   *
   * @param pace as {@link Pace} reads it
   */
  BufferedReader call(String pace, int seconds, int special) {
    return output(
        launch(
            CallerProcess.class,
            Integer.toString(hops),
            pace,
            Integer.toString(seconds),
            Integer.toString(special)));
  }

  static String line(BufferedReader from) {
    try {
      return String.valueOf(from.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a process whose arguments begin with etcd, environment and directory. */
  Process launch(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", classPath(), main.getName()));
    command.addAll(List.of(etcd, env, snapshots.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + otlpPort,
                "CLEARSPAN_TRACE_SAMPLE_RATE",
                HEAD_RATE,
                "CLEARSPAN_ENV",
                env));
    try {
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without the back-end that logs to standard output, which carries the caller's report. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("logback"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
