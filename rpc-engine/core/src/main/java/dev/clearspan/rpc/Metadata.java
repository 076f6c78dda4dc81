package dev.clearspan.rpc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Key-value pairs that travel with a call, in order, keys possibly repeated. Immutable. Keys are
 * lower-case {@code [0-9a-z_.-]+}. Values are printable ASCII; those of keys that end in "-bin" are
 * bytes, held and sent as base64 without padding. At most 64 entries and 8 KiB, in the form sent.
 */
public final class Metadata {
  public static final Metadata EMPTY = new Metadata(List.of());
  public static final int MAX_ENTRIES = 64;
  public static final int MAX_BYTES = 8 * 1024;

  private static final String BINARY = "-bin";
  private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

  private final List<Entry> entries;

  /**
   * One pair.
   *
   * @param key lower-case; upper case is lowered
   * @param value printable ASCII; of a "-bin" key, base64 with or without padding
   */
  public record Entry(String key, String value) {
    public Entry {
      key = key.toLowerCase(Locale.ROOT);
      checkKey(key);
      checkValue(key, value);
      if (key.endsWith(BINARY)) {
        value = normalized(key, value);
      }
    }

    /**
     * A pair whose value is bytes.
     *
     * @throws IllegalArgumentException if the key does not end in "-bin"
     */
    public static Entry binary(String key, byte[] value) {
      if (!key.toLowerCase(Locale.ROOT).endsWith(BINARY)) {
        throw new IllegalArgumentException(
            "metadata key of a binary value: " + key + " (expected: one that ends in -bin)");
      }
      return new Entry(key, BASE64.encodeToString(value));
    }

    /** Whether the value is bytes. */
    public boolean isBinary() {
      return key.endsWith(BINARY);
    }

    /** The bytes of a "-bin" key's value; of other keys, the characters. */
    public byte[] bytes() {
      return isBinary()
          ? Base64.getDecoder().decode(value)
          : value.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private Metadata(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Metadata with these pairs.
   *
   * @throws IllegalArgumentException if there are too many or they are too large
   */
  public static Metadata of(List<Entry> entries) {
    if (entries.isEmpty()) {
      return EMPTY;
    }
    if (entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "metadata entries: " + entries.size() + " (expected: <= " + MAX_ENTRIES + ")");
    }
    int bytes = 0;
    for (Entry entry : entries) {
      bytes += entry.key().length() + entry.value().length();
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "metadata size: " + bytes + " bytes (expected: <= " + MAX_BYTES + ")");
    }
    return new Metadata(List.copyOf(entries));
  }

  /** This metadata and one more pair. */
  public Metadata with(String key, String value) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(new Entry(key, value));
    return of(more);
  }

  /**
   * This metadata and one more pair whose value is bytes.
   *
   * @throws IllegalArgumentException if the key does not end in "-bin"
   */
  public Metadata withBinary(String key, byte[] value) {
    List<Entry> more = new ArrayList<>(entries);
    more.add(Entry.binary(key, value));
    return of(more);
  }

  /**
   * This metadata, then the other's.
   *
   * @throws IllegalArgumentException if there are too many pairs or they are too large
   */
  public Metadata plus(Metadata other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    List<Entry> more = new ArrayList<>(entries);
    more.addAll(other.entries);
    return of(more);
  }

  /** The first value of a "-bin" key, or null. */
  public byte @Nullable [] firstBinary(String key) {
    for (Entry entry : entries) {
      if (entry.key().equals(key)) {
        return entry.bytes();
      }
    }
    return null;
  }

  /** The first value of the key, or null; bytes are given as base64. */
  public @Nullable String first(String key) {
    for (Entry entry : entries) {
      if (entry.key().equals(key)) {
        return entry.value();
      }
    }
    return null;
  }

  public List<Entry> entries() {
    return entries;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Metadata that && that.entries.equals(entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }

  private static void checkKey(String key) {
    for (int i = 0; i < key.length(); i++) {
      char each = key.charAt(i);
      boolean letterOrDigit = (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9');
      if (!letterOrDigit && each != '-' && each != '_' && each != '.') {
        throw badKey(key);
      }
    }
    if (key.isEmpty()) {
      throw badKey(key);
    }
  }

  private static IllegalArgumentException badKey(String key) {
    return new IllegalArgumentException("metadata key: " + key + " (expected: [0-9a-z_.-]+)");
  }

  private static void checkValue(String key, String value) {
    for (int i = 0; i < value.length(); i++) {
      char each = value.charAt(i);
      if (each < 0x20 || each > 0x7e) {
        throw new IllegalArgumentException(
            "metadata value of %s: character %d at %d (expected: printable ASCII)"
                .formatted(key, (int) each, i));
      }
    }
  }

  /** The same base64 without padding. */
  private static String normalized(String key, String value) {
    try {
      return BASE64.encodeToString(Base64.getDecoder().decode(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "metadata value of " + key + ": " + e.getMessage() + " (expected: base64)", e);
    }
  }
}
