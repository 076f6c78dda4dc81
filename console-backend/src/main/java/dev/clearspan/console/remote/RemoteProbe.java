package dev.clearspan.console.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server for something small every 10 s, and every 2 s while it does not answer, to tell
 * whether it does; logs when that changes. For one thread.
 */
public final class RemoteProbe implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(RemoteProbe.class);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration EVERY_WHILE_AWAY = Duration.ofSeconds(2);

  private final RemoteJson server;
  private final String path;
  private final Map<String, String> parameters;
  private final InstantSource clock;

  /** One that asks by GET; nothing is asked yet. */
  public RemoteProbe(
      RemoteJson server, String path, Map<String, String> parameters, InstantSource clock) {
    this.server = server;
    this.path = path;
    this.parameters = Map.copyOf(parameters);
    this.clock = clock;
  }

  /** Asks, if it is time to. */
  @Override
  public void run() {
    RemoteState before = server.state();
    Instant checked = before.checkedAt();
    if (checked == null
        || !clock.instant().isBefore(checked.plus(before.up() ? EVERY : EVERY_WHILE_AWAY))) {
      server.probe(path, parameters, clock.instant());
      tell(before, server.state());
    }
  }

  private void tell(RemoteState before, RemoteState now) {
    if (before.up() && !now.up()) {
      log.warn("{}", now.detail());
    } else if (now.up() && (!before.up() || before.checkedAt() == null)) {
      log.info("{} answers", server.config());
    }
  }
}
