package dev.clearspan.tracing.internal.span;

import dev.clearspan.rpc.ledger.AttemptRecord;
import dev.clearspan.rpc.ledger.TelemetryRules;
import dev.clearspan.tracing.internal.record.Numbered;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The methods, peers and words that records refer to by number, with operators' rules for the
 * methods. Thread-safe; what is known is found without a lock.
 */
final class Catalogue {
  private static final int MOST_SERVICES = 4_096;
  private static final int MOST_METHODS = 65_536;
  private static final int MOST_PEERS = 65_536;
  private static final int MOST_WORDS = 16_384;

  private final String ownService;
  private final double processRate;
  private final Map<String, TelemetryRules> rules = new ConcurrentHashMap<>();
  private final Map<String, Map<String, CalledMethod>> called = new ConcurrentHashMap<>();
  private final Numbered<Called, CalledMethod> calledNumbers = new Numbered<>(MOST_METHODS);
  private final Numbered<String, OwnMethod> own = new Numbered<>(MOST_METHODS);
  private final Numbered<String, Peer> peers = new Numbered<>(MOST_PEERS);
  private final Numbered<String, Word> words = new Numbered<>(MOST_WORDS);

  private record Called(String service, String method) {}

  /** A service's or error's name. */
  private record Word(int number, String text) {}

  Catalogue(String ownService, double processRate) {
    this.ownService = ownService;
    this.processRate = processRate;
  }

  CalledMethod called(String service, String method) {
    Map<String, CalledMethod> methods = called.get(service);
    CalledMethod known = methods == null ? null : methods.get(method);
    return known == null ? addCalled(service, method) : known;
  }

  private CalledMethod addCalled(String service, String method) {
    CalledMethod made =
        calledNumbers.of(
            new Called(service, method),
            number -> new CalledMethod(number, method, service, rule(service, method)));
    if (made.number != Numbered.NONE
        && (called.size() < MOST_SERVICES || called.containsKey(service))) {
      called.computeIfAbsent(service, absent -> new ConcurrentHashMap<>()).put(method, made);
    }
    return made;
  }

  @Nullable CalledMethod called(int number) {
    return calledNumbers.get(number);
  }

  OwnMethod own(String method) {
    return own.of(method, number -> new OwnMethod(number, method, rule(ownService, method)));
  }

  /** The method if calls of it have been served; callers choose the names they ask for. */
  @Nullable OwnMethod ownIfKnown(String method) {
    return own.find(method);
  }

  @Nullable OwnMethod own(int number) {
    return own.get(number);
  }

  /** The instance that the attempt went to; null: none. */
  @Nullable Peer peer(AttemptRecord attempt) {
    String instance = attempt.peerInstance();
    return instance == null
        ? null
        : peers.of(instance, number -> new Peer(number, attempt, instance)).at(attempt.callee());
  }

  @Nullable Peer peer(int number) {
    return peers.get(number);
  }

  int word(@Nullable String text) {
    return text == null ? Numbered.NONE : words.of(text, number -> new Word(number, text)).number;
  }

  @Nullable String word(int number) {
    Word word = words.get(number);
    return word == null ? null : word.text;
  }

  /** The rule for traces that begin with a served call of this method. */
  MethodRule ownRule(String method) {
    OwnMethod known = own.find(method);
    return known == null ? rule(ownService, method) : known.rule;
  }

  /** Operators' rules for a service, from now on. */
  void rules(String service, TelemetryRules now) {
    if (rules.size() >= MOST_SERVICES && !rules.containsKey(service)) {
      return;
    }
    rules.put(service, now);
    calledNumbers.forEach(
        each -> {
          if (each.service.equals(service)) {
            each.rule = rule(service, each.method);
          }
        });
    if (service.equals(ownService)) {
      own.forEach(each -> each.rule = rule(service, each.method));
    }
  }

  private MethodRule rule(String service, String method) {
    TelemetryRules ofService = rules.getOrDefault(service, TelemetryRules.NONE);
    return MethodRule.of(ofService.of(method), processRate);
  }
}
