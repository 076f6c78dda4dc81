package dev.clearspan.rpc.policy;

import dev.clearspan.protocol.FallbackPolicy;
import dev.clearspan.rpc.Status;
import dev.clearspan.rpc.fallback.FallbackSettings;
import dev.clearspan.rpc.fallback.FallbackSettings.Source;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The fallback part of a policy: what it must satisfy, and what it says. */
final class FallbackPart {
  private static final Set<Status.Code> REPLACEABLE =
      EnumSet.complementOf(EnumSet.of(Status.Code.OK, Status.Code.CANCELLED));

  private static final int MOST_CHARACTERS = 16 * 1024;

  private FallbackPart() {}

  static void check(Findings findings, String path, FallbackPolicy policy) {
    if (policy.hasFixed() && policy.getFixed().length() > MOST_CHARACTERS) {
      findings.found(
          path + ".fixed",
          policy.getFixed().length() + " characters",
          "at most " + MOST_CHARACTERS);
    }
    if (policy.hasFixed() && policy.getFixed().isBlank()) {
      findings.found(path + ".fixed", "''", "JSON of the reply's message");
    }
    findings.duration(
        path + ".cached",
        policy.hasCached(),
        policy.getCached(),
        Duration.ofSeconds(1),
        Duration.ofHours(1));
    if (policy.hasHandler() && policy.getHandler().isBlank()) {
      findings.found(path + ".handler", "''", "the name of a handler");
    }
    for (int i = 0; i < policy.getCodesCount(); i++) {
      findings.code(path + ".codes[" + i + "]", policy.getCodes(i), REPLACEABLE);
    }
  }

  static FallbackSettings read(FallbackPolicy policy) {
    return new FallbackSettings(
        source(policy),
        policy.getCodesCount() == 0
            ? FallbackSettings.NONE.codes()
            : policy.getCodesList().stream()
                .map(Status.Code::valueOf)
                .collect(Collectors.toUnmodifiableSet()));
  }

  private static Source source(FallbackPolicy policy) {
    return switch (policy.getReplyCase()) {
      case FIXED -> new Source.Fixed(policy.getFixed());
      case CACHED -> new Source.Cached(Fields.duration(policy.getCached()));
      case HANDLER -> new Source.Handler(policy.getHandler());
      case NONE, REPLY_NOT_SET -> new Source.None();
    };
  }
}
