package dev.clearspan.rpc.fallback;

import dev.clearspan.rpc.Status;
import java.time.Duration;
import java.util.Set;

/**
 * Which failures of a call are replaced by a reply, and by which.
 *
 * @param codes status codes that are replaced
 */
public record FallbackSettings(Source source, Set<Status.Code> codes) {
  /** Metadata of the reply, as trailers: tells a caller where a stand-in comes from. */
  public static final String KEY = "clearspan-fallback";

  public static final FallbackSettings NONE =
      new FallbackSettings(
          new Source.None(),
          Set.of(
              Status.Code.UNAVAILABLE,
              Status.Code.DEADLINE_EXCEEDED,
              Status.Code.RESOURCE_EXHAUSTED));

  /** Where the reply comes from. */
  public sealed interface Source {
    /** The word for it in metadata and metrics. */
    String label();

    /** The failure stays. */
    record None() implements Source {
      @Override
      public String label() {
        return "none";
      }
    }

    /** Always this message, in JSON. */
    record Fixed(String json) implements Source {
      @Override
      public String label() {
        return "fixed";
      }
    }

    /** The last good reply to the same request that is not older than this. */
    record Cached(Duration age) implements Source {
      @Override
      public String label() {
        return "cached";
      }
    }

    /** What a handler of the caller's code answers. */
    record Handler(String name) implements Source {
      @Override
      public String label() {
        return "handler";
      }
    }
  }

  public FallbackSettings {
    codes = Set.copyOf(codes);
  }

  /** Whether a failure with this code is replaced. */
  public boolean covers(Status.Code code) {
    return !(source instanceof Source.None) && codes.contains(code);
  }

  /** Whether good replies are to be remembered. */
  public boolean remembers() {
    return source instanceof Source.Cached;
  }
}
