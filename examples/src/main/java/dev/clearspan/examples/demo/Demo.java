package dev.clearspan.examples.demo;

import dev.clearspan.examples.cli.CommandLine;
import dev.clearspan.examples.cli.UsageException;
import dev.clearspan.examples.smoke.Check;
import dev.clearspan.examples.smoke.SmokeRun;
import dev.clearspan.examples.smoke.Tempo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Main class of {@code clearspan demo}. Everything it starts ends with it: at Ctrl-C in order, and
 * even when it is killed, for its children notice (see {@link Child} and {@link Tether}).
 */
public final class Demo {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final double SMOKE_ORDERS_PER_SECOND = 60;

  private final DemoOptions options;
  private final Progress progress = new Progress(System.out);

  private Demo(DemoOptions options) {
    this.options = options;
  }

  /** Runs the demo until it is told to stop. */
  public static void main(String[] args) throws IOException {
    DemoOptions options;
    try {
      CommandLine.Parsed parsed = DemoOptions.COMMAND_LINE.parse(args);
      if (parsed.has("--help")) {
        System.out.print(DemoOptions.COMMAND_LINE.help());
        return;
      }
      options = DemoOptions.of(parsed);
    } catch (UsageException e) {
      System.err.println("clearspan demo: " + e.getMessage() + "\nSee clearspan demo --help.");
      System.exit(EXIT_USAGE);
      return;
    }
    System.exit(new Demo(options).run() ? 0 : EXIT_FAILED);
  }

  private boolean run() throws IOException {
    Path home = Path.of(System.getProperty("clearspan.home", "")).toAbsolutePath();
    Workspace workspace = Workspace.open(home, options.keepData());
    Supervisor supervisor = new Supervisor(this::sayDied);
    Shutdown shutdown = Shutdown.install(supervisor, workspace, progress);
    try {
      DemoRun run =
          new DemoRun(options, workspace, supervisor, progress, JavaCommand.ofThisProcess());
      run.start();
      return options.smoke() ? smoke(run) : show(run, supervisor);
    } catch (DemoFailure e) {
      System.err.println("clearspan demo: " + e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      shutdown.run();
    }
  }

  private void sayDied(Child child) {
    String remedy = options.smoke() ? "" : "; r + Enter starts it again";
    progress.say(child.name() + " " + child.epitaph() + remedy);
  }

  private boolean show(DemoRun run, Supervisor supervisor) throws InterruptedException {
    System.out.println(run.instructions().text());
    run.startFigures().forEach(figure -> progress.say(figure.line()));
    Keys.listen(supervisor, progress);
    CountDownLatch never = new CountDownLatch(1);
    if (options.seconds() == 0) {
      never.await();
    } else {
      boolean unused =
          never.await(Duration.ofSeconds(options.seconds()).toSeconds(), TimeUnit.SECONDS);
    }
    return true;
  }

  private boolean smoke(DemoRun run) {
    run.shop().setOrdersPerSecond(SMOKE_ORDERS_PER_SECOND);
    SmokeRun smoke = new SmokeRun(System.out);
    run.startFigures().forEach(smoke::add);
    for (Check check : SmokeRun.checks(run.api(), run.shop(), Tempo.REAL)) {
      smoke.run(check);
    }
    return smoke.conclude();
  }
}
