package dev.clearspan.console.change;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.problem.ProblemException;
import dev.clearspan.console.registry.Overrides;
import dev.clearspan.protocol.ForcedBreaker;
import dev.clearspan.protocol.ForcedBreakers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The forced breakers of one service: one document, in which the first match wins. Entries that
 * name more stand before those that name less.
 */
final class ForcedBreakerList {
  static final int MAX_ENTRIES = 100;

  private final List<ForcedBreaker> entries;

  private ForcedBreakerList(List<ForcedBreaker> entries) {
    this.entries = entries;
  }

  /** Reads the stored document; a malformed one counts as empty, since no client applies it. */
  static ForcedBreakerList of(@Nullable String json) {
    ForcedBreakers.Builder document = ForcedBreakers.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(json == null ? "{}" : json, document);
    } catch (InvalidProtocolBufferException e) {
      document.clear();
    }
    return new ForcedBreakerList(document.getForcedList());
  }

  ForcedBreakerList with(ForcedBreaker entry) {
    List<ForcedBreaker> all = new ArrayList<>(without(entry).entries);
    all.add(entry);
    if (all.size() > MAX_ENTRIES) {
      throw ProblemException.invalid(
          "state", "there are " + MAX_ENTRIES + " forced breakers already; lift some first");
    }
    all.sort(Comparator.comparingLong(ForcedBreakerList::namedParts).reversed());
    return new ForcedBreakerList(all);
  }

  ForcedBreakerList without(ForcedBreaker same) {
    return new ForcedBreakerList(
        entries.stream().filter(entry -> !isSamePlace(entry, same)).toList());
  }

  ForcedBreakerList withoutExpired(Instant now) {
    return new ForcedBreakerList(
        entries.stream().filter(entry -> !Overrides.isExpired(entry, now)).toList());
  }

  boolean contains(ForcedBreaker same) {
    return entries.stream().anyMatch(entry -> isSamePlace(entry, same));
  }

  int size() {
    return entries.size();
  }

  /** The document's text; null when nothing is forced. */
  @Nullable String json() {
    if (entries.isEmpty()) {
      return null;
    }
    try {
      return JsonFormat.printer()
          .omittingInsignificantWhitespace()
          .print(ForcedBreakers.newBuilder().addAllForced(entries).build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("forced breakers of ours have no JSON form", e);
    }
  }

  private static boolean isSamePlace(ForcedBreaker left, ForcedBreaker right) {
    return left.getCaller().equals(right.getCaller())
        && left.getMethod().equals(right.getMethod())
        && left.getInstance().equals(right.getInstance());
  }

  private static long namedParts(ForcedBreaker entry) {
    return Stream.of(entry.getCaller(), entry.getMethod(), entry.getInstance())
        .filter(part -> !part.isEmpty())
        .count();
  }
}
