package dev.clearspan.benchmarks;

import dev.clearspan.benchmarks.Contestant.Home;
import java.util.List;

/**
 * A server and a client that are measured together.
 *
 * @param name of their processes
 * @param settings of both JVMs, such as "-Da=b"
 */
record Duo(
    String name,
    Home server,
    String serverVariant,
    Home client,
    String clientVariant,
    List<String> settings) {

  Duo {
    settings = List.copyOf(settings);
  }
}
