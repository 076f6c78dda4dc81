package dev.clearspan.rpc.limit;

import dev.clearspan.rpc.Metadata;

/**
 * The mark on the reply to a call that a limit refused, so that its client tells a server that is
 * full from one that drains: the metadata {@code clearspan-limit}, whose value is the reason's
 * label.
 */
public final class LimitMark {
  public static final String KEY = "clearspan-limit";

  private LimitMark() {}

  public static Metadata of(RefusalReason reason) {
    return Metadata.EMPTY.with(KEY, reason.label());
  }

  public static boolean isOn(Metadata metadata) {
    return !metadata.isEmpty() && metadata.first(KEY) != null;
  }
}
