package dev.clearspan.console.grafana;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;

/**
 * The key pairs that vouch to Grafana for who is signed in: made at random for this data directory
 * and kept in a file that only its owner may read. The newest key is published before it signs, the
 * one that signs is the second newest, and the one before stays published for a while: whoever has
 * read the public keys within the last {@link #PERIOD} knows the one that signs. Thread-safe.
 */
final class SigningKeys {
  /** How long a key waits, and how long it signs after that. */
  static final Duration PERIOD = Duration.ofDays(90);

  /** How long a key that signs no more stays published. */
  static final Duration OVERLAP = Duration.ofDays(1);

  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

  private final Path file;
  private final Clock clock;

  /** Newest first; replaced as a whole, guarded by this object's lock. */
  private volatile List<ECKey> keys;

  private SigningKeys(Path file, Clock clock, List<ECKey> keys) {
    this.file = file;
    this.clock = clock;
    this.keys = keys;
  }

  /**
   * Reads the keys, or makes the first ones.
   *
   * @throws IllegalStateException if the file is damaged; the message says what to do
   */
  static SigningKeys open(Path file, Clock clock) {
    try {
      if (Files.exists(file)) {
        OwnerFile.keepSecret(file);
        return new SigningKeys(file, clock, read(file));
      }
      SigningKeys keys = new SigningKeys(file, clock, List.of(generate(clock), generate(clock)));
      keys.store(keys.keys);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be used (expected: a file to write to)", e);
    }
  }

  private static List<ECKey> read(Path file) throws IOException {
    try {
      List<ECKey> keys = new ArrayList<>();
      for (JWK key : JWKSet.parse(Files.readString(file)).getKeys()) {
        if (!key.isPrivate() || key.getIssueTime() == null) {
          throw new ParseException("a key is not private or has no issue time", 0);
        }
        keys.add(key.toECKey());
      }
      if (keys.size() < 2) {
        throw new ParseException(keys.size() + " keys", 0);
      }
      return List.copyOf(keys);
    } catch (ParseException | ClassCastException e) {
      throw new IllegalStateException(
          file
              + " is damaged: "
              + e.getMessage()
              + " (expected: a JWK set of two or three private keys). Delete it, start the console"
              + " again, and let Grafana read the new public keys.",
          e);
    }
  }

  private static ECKey generate(Clock clock) {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(ALGORITHM)
          .keyIDFromThumbprint(true)
          .issueTime(Date.from(clock.instant()))
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("this Java has no P-256 (expected: every Java 17 has)", e);
    }
  }

  /** The key that signs now. */
  ECKey signer() {
    return keys.get(1);
  }

  /** The public keys, as Grafana reads them. */
  String published() {
    return new JWKSet(List.<JWK>copyOf(keys)).toString(true);
  }

  /**
   * Goes on to the next key when it is time to.
   *
   * @return whether {@link #published} has changed
   */
  synchronized boolean rotateIfDue() {
    Duration age = Duration.between(issued(keys.get(0)), clock.instant());
    List<ECKey> next = new ArrayList<>(keys);
    if (age.compareTo(PERIOD) >= 0) {
      next.add(0, generate(clock));
      next.subList(3, next.size()).clear();
    } else if (keys.size() > 2 && age.compareTo(OVERLAP) >= 0) {
      next.subList(2, next.size()).clear();
    } else {
      return false;
    }
    try {
      store(next);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written; the keys stay as they are", e);
    }
    keys = List.copyOf(next);
    return true;
  }

  private static Instant issued(ECKey key) {
    return Objects.requireNonNull(key.getIssueTime()).toInstant();
  }

  private void store(List<ECKey> all) throws IOException {
    OwnerFile.writeSecret(file, new JWKSet(List.<JWK>copyOf(all)).toString(false));
  }
}
