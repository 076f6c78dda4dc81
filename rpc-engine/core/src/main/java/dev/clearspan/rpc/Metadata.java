package dev.clearspan.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Key-value pairs that travel with a call, in order, keys possibly repeated. Immutable. Keys are
 * lower-case {@code [0-9a-z_.-]+}; values are printable ASCII. At most 64 entries and 8 KiB.
 */
public final class Metadata {
  public static final Metadata EMPTY = new Metadata(List.of());
  public static final int MAX_ENTRIES = 64;
  public static final int MAX_BYTES = 8 * 1024;

  private static final Pattern KEY = Pattern.compile("[0-9a-z_.-]+");

  private final List<Entry> entries;

  /** One pair. */
  public record Entry(String key, String value) {
    public Entry {
      key = key.toLowerCase(Locale.ROOT);
      if (!KEY.matcher(key).matches()) {
        throw new IllegalArgumentException("metadata key: " + key + " (expected: [0-9a-z_.-]+)");
      }
      for (int i = 0; i < value.length(); i++) {
        if (value.charAt(i) < 0x20 || value.charAt(i) > 0x7e) {
          throw new IllegalArgumentException(
              "metadata value of "
                  + key
                  + ": character "
                  + (int) value.charAt(i)
                  + " at "
                  + i
                  + " (expected: printable ASCII)");
        }
      }
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

  /** The first value of the key, or null. */
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
}
