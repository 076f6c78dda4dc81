package dev.clearspan.etcd;

import com.google.protobuf.StringValue;
import dev.clearspan.rpc.RpcServer;
import dev.clearspan.rpc.server.EchoService;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server with etcd in a plain JVM of its own; ends with the test. Without a logging back-end:
 * what that one takes to start (Logback with a file of XML, a quarter of a second) is its own.
 */
final class EchoServerProcess implements AutoCloseable {
  static final String SERVICE = "echo";

  private final Process process;

  private EchoServerProcess(Process process) {
    this.process = process;
  }

  static EchoServerProcess start(String endpoint, String env, int port) throws IOException {
    return new EchoServerProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                EchoServerProcess.class.getName(),
                endpoint,
                env,
                Integer.toString(port))
            .redirectOutput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT)
            .start());
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.contains("logback"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Serves until its standard input ends, which it does with the parent. */
  public static void main(String[] args) throws IOException {
    EtcdRegistry registry = EtcdRegistry.builder().endpoints(args[0]).env(args[1]).build();
    RpcServer server =
        RpcServer.builder(SERVICE)
            .port(Integer.parseInt(args[2]))
            .registry(registry)
            .service(new EchoService())
            .start();
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    server.close();
    registry.close();
  }

  /** Something to call it with. */
  static StringValue greeting() {
    return StringValue.of("are you there");
  }
}
