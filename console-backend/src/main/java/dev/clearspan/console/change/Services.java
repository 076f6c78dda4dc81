package dev.clearspan.console.change;

import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.RegistrySnapshot;

/** Which services there are. */
public final class Services {
  private Services() {}

  /** Refuses with 404 naming the services there are; with 503 when none could be read yet. */
  public static void require(RegistrySnapshot registry, String service) {
    if (!registry.loaded()) {
      throw ProblemException.unavailable(
          "The registry could not be read since the console started, so that it does not know '"
              + service
              + "'.");
    }
    if (!registry.services().contains(service)) {
      throw ProblemException.notFound(
          "There is no service '"
              + service
              + "' (services: "
              + String.join(", ", registry.services())
              + ")");
    }
  }
}
