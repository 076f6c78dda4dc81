package dev.clearspan.examples.demo;

import dev.clearspan.examples.console.ConsoleApi;
import dev.clearspan.examples.smoke.ShopControl;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The whole demo on free ports: registry, console and shop, each a process of its own. */
public final class RunningDemo implements AutoCloseable {
  private static final double ORDERS_PER_SECOND = 20;
  private static final int UNUSED_PORT = 8080;

  private final Shutdown shutdown;
  private final DemoRun run;

  private RunningDemo(Shutdown shutdown, DemoRun run) {
    this.shutdown = shutdown;
    this.run = run;
  }

  /**
   * Starts it; returns when calls flow on every edge.
   *
   * @param home where its logs and data are kept
   */
  public static RunningDemo start(Path home) throws IOException, InterruptedException {
    Progress progress = new Progress(System.out);
    Workspace workspace = Workspace.open(home, false);
    Supervisor supervisor =
        new Supervisor(child -> progress.say(child.name() + " " + child.epitaph()));
    Shutdown shutdown = Shutdown.install(supervisor, workspace, progress);
    DemoOptions onFreePorts =
        new DemoOptions(true, UNUSED_PORT, ORDERS_PER_SECOND, false, 0, DemoRegistry.EMBEDDED);
    try {
      DemoRun run = new DemoRun(onFreePorts, workspace, supervisor, progress, java());
      run.start();
      return new RunningDemo(shutdown, run);
    } catch (IOException | InterruptedException | RuntimeException e) {
      shutdown.run();
      throw e;
    }
  }

  /** Without directories, so that class archives can be used: nothing here needs test classes. */
  private static JavaCommand java() {
    JavaCommand ours = JavaCommand.ofThisProcess();
    String jars =
        Arrays.stream(ours.classPath().split(File.pathSeparator))
            .filter(entry -> Files.isRegularFile(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator));
    return new JavaCommand(ours.java(), jars, ours.feature());
  }

  /** A link that signs a browser in, once. */
  public URI signInLink() {
    return run.api().signInLink(Duration.ofMinutes(10));
  }

  public ConsoleApi api() {
    return run.api();
  }

  public ShopControl shop() {
    return run.shop();
  }

  /** Ends all its processes. */
  @Override
  public void close() {
    shutdown.run();
  }
}
