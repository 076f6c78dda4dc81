package dev.clearspan.rpc.server;

import java.util.Map;

/**
 * What a server says of itself in the registry, beside its name.
 *
 * @param host where clients reach it
 * @param port where clients reach it
 * @param weight base weight, 0 to 10,000
 */
public record Advertised(
    String host, int port, int weight, String zone, String version, Map<String, String> tags) {
  public Advertised {
    tags = Map.copyOf(tags);
  }
}
