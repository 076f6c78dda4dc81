package dev.clearspan.console.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.clearspan.console.oidc.OidcException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sign-ins that were begun and not ended: each is used at most once, by the browser that began it,
 * within {@link #LIFE}. At most {@value #CAPACITY}, and {@value #PER_ADDRESS} of one address.
 * Thread-safe.
 */
final class Attempts {
  static final Duration LIFE = Duration.ofMinutes(10);
  static final int CAPACITY = 2_000;
  static final int PER_ADDRESS = 100;

  private static final int BYTES = 32;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Attempt> begun = new LinkedHashMap<>();

  Attempts(Clock clock) {
    this.clock = clock;
  }

  Attempt begin(String to, String address) throws OidcException {
    Attempt attempt =
        new Attempt(
            new State(BYTES),
            new Nonce(BYTES),
            new CodeVerifier(),
            new State(BYTES).getValue(),
            to,
            address,
            clock.instant());
    lock.lock();
    try {
      dropOld();
      dropAbandoned(address);
      if (begun.size() >= CAPACITY) {
        throw new OidcException(Reason.THROTTLED, CAPACITY + " sign-ins are under way");
      }
      begun.put(attempt.state().getValue(), attempt);
      return attempt;
    } finally {
      lock.unlock();
    }
  }

  /** The attempt of that state, which from now on is used up. */
  Attempt take(@Nullable String state, @Nullable String browser) throws OidcException {
    lock.lock();
    try {
      dropOld();
      Attempt attempt = state == null ? null : begun.remove(state);
      if (attempt == null || browser == null || !same(attempt.browser(), browser)) {
        throw new OidcException(
            Reason.EXPIRED, "no sign-in of this browser and state was begun, or it was used");
      }
      return attempt;
    } finally {
      lock.unlock();
    }
  }

  /** The oldest of an address that begins too many: most were left behind. */
  private void dropAbandoned(String address) {
    List<Attempt> same =
        begun.values().stream().filter(it -> it.address().equals(address)).toList();
    if (same.size() >= PER_ADDRESS) {
      begun.remove(same.get(0).state().getValue());
    }
  }

  private void dropOld() {
    Instant oldest = clock.instant().minus(LIFE);
    begun.values().removeIf(attempt -> attempt.begun().isBefore(oldest));
  }

  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
