package dev.clearspan.rpc.client;

import java.util.List;

/** Lists for messages, which name a few and count the rest. */
final class Few {
  private static final int NAMED = 3;

  private Few() {}

  static String of(List<String> all) {
    String named = String.join("; ", all.subList(0, Math.min(NAMED, all.size())));
    return all.size() > NAMED ? named + "; and " + (all.size() - NAMED) + " more" : named;
  }
}
