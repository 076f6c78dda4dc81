package dev.clearspan.examples.demo;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ends the demo once, whichever comes first: Ctrl-C, SIGTERM, or the end of the run. */
final class Shutdown implements Runnable {
  private final Supervisor supervisor;
  private final Workspace workspace;
  private final Progress progress;
  private final AtomicBoolean done = new AtomicBoolean();

  private Shutdown(Supervisor supervisor, Workspace workspace, Progress progress) {
    this.supervisor = supervisor;
    this.workspace = workspace;
    this.progress = progress;
  }

  static Shutdown install(Supervisor supervisor, Workspace workspace, Progress progress) {
    Shutdown shutdown = new Shutdown(supervisor, workspace, progress);
    Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "shutdown"));
    return shutdown;
  }

  @Override
  public void run() {
    if (done.compareAndSet(false, true)) {
      progress.say("stopping " + supervisor.children().size() + " processes");
      supervisor.close();
      workspace.close();
      progress.say("stopped");
    }
  }
}
