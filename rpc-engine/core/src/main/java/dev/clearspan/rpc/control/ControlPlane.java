package dev.clearspan.rpc.control;

import dev.clearspan.rpc.discovery.Subscription;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A process' side of governance: it hears the rules of the services it calls and serves, and says
 * in its status document what it has applied. Thread-safe; never waits for the registry.
 */
public interface ControlPlane extends AutoCloseable {
  /**
   * Watches the rules of a service. The listener is called with every new complete set, in order,
   * never concurrently for one watch, starting with the first one known. When it returns, the rules
   * are in force and the plane may acknowledge their revision. It must not block; if it throws, the
   * revision is reported as refused with the exception's message.
   *
   * <p>Also called, with unchanged content and a newer revision, when a re-list has confirmed that
   * nothing concerning the service changed up to that revision.
   */
  Subscription watchRules(String service, Consumer<ServiceRules> listener);

  /**
   * Watches how often the processes of this fleet should push their metrics, starting with what is
   * known. The listener must not block. A plane without such a setting never calls it.
   */
  default Subscription watchMetricPushInterval(Consumer<Duration> listener) {
    return () -> {};
  }

  /** What this process tells operators about itself; the plane publishes it under its lease. */
  StatusBoard status();

  @Override
  void close();
}
