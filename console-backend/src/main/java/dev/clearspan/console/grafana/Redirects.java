package dev.clearspan.console.grafana;

import java.util.Optional;

/** Keeps redirects within Grafana: they are passed on as paths of our own port, or not at all. */
final class Redirects {
  private final Upstream upstream;

  Redirects(Upstream upstream) {
    this.upstream = upstream;
  }

  /**
   * Where the browser is sent.
   *
   * @param location Grafana's header
   * @param own our origin as the browser knows it, which Grafana knows as its root_url
   * @return a path with its query; empty if it leads away
   */
  Optional<String> within(String location, String own) {
    String target = location.strip();
    for (String origin : new String[] {upstream.origin(), own}) {
      if (target.regionMatches(true, 0, origin, 0, origin.length())) {
        target = target.substring(origin.length());
        break;
      }
    }
    return isPath(target) ? Optional.of(target.isEmpty() ? "/" : target) : Optional.empty();
  }

  /** Browsers read // and /\ as the start of another host, and skip control characters. */
  private static boolean isPath(String target) {
    if (target.isEmpty()) {
      return true;
    }
    boolean plain = target.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    if (!plain || !target.startsWith("/") || target.startsWith("//")) {
      return false;
    }
    try {
      Canonical.path(target.split("[?#]", 2)[0]);
      return true;
    } catch (Refusal e) {
      return false;
    }
  }
}
