package dev.clearspan.rpc.route;

import dev.clearspan.rpc.Metadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends the calls that match to some instances, by share.
 *
 * @param metadata entries that a call must have, with this value; "*": any
 * @param caller the calling service; empty: all
 * @param splits where to; calls beyond their shares go where they would go anyway
 */
public record RouteRule(Map<String, String> metadata, String caller, List<Split> splits) {
  static final String ANY = "*";

  /**
   * A share of the matching calls and the instances that take it.
   *
   * @param percent 0 to 100
   * @param tags that an instance must have, with this value; "*": any
   * @param version of the instances; empty: any
   * @param strict whether to refuse rather than go elsewhere when no such instance is usable
   */
  public record Split(double percent, Map<String, String> tags, String version, boolean strict) {
    public Split {
      tags = Map.copyOf(tags);
    }

    /** Whether an instance with these takes the share. */
    public boolean takes(String itsVersion, Map<String, String> itsTags) {
      return (version.isEmpty() || version.equals(itsVersion))
          && tags.entrySet().stream()
              .allMatch(tag -> fits(tag.getValue(), itsTags.get(tag.getKey())));
    }

    /** For people. */
    public String description() {
      return (version.isEmpty() ? "" : "version " + version)
          + (version.isEmpty() || tags.isEmpty() ? "" : ", ")
          + (tags.isEmpty() ? "" : "tags " + new TreeMap<>(tags));
    }
  }

  public RouteRule {
    metadata = Map.copyOf(metadata);
    splits = List.copyOf(splits);
  }

  /** Whether the rule is for calls of this service. */
  public boolean isFor(String callingService) {
    return caller.isEmpty() || caller.equals(callingService);
  }

  /** Whether a call with this metadata is one of the rule's. */
  public boolean matches(Metadata sent) {
    for (Map.Entry<String, String> wanted : metadata.entrySet()) {
      if (!fits(wanted.getValue(), sent.first(wanted.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(String wanted, @Nullable String found) {
    return found != null && (wanted.equals(ANY) || wanted.equals(found));
  }
}
