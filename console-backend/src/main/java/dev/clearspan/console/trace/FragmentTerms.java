package dev.clearspan.console.trace;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What a fragment is found by: 24-bit hashes of its services and methods, apart for all spans and
 * for failed ones. Two names may share a hash; so a search tests what it finds.
 */
final class FragmentTerms {
  /** Fragments with any failed span. */
  static final int ANY_ERROR = hash("error", "");

  private static final int BITS = 24;

  private FragmentTerms() {}

  static void addTo(Set<Integer> terms, ReadSpan span) {
    terms.add(service(span.service(), false));
    terms.add(service(span.target(), false));
    terms.add(method(span.method(), false));
    terms.add(method(span.name(), false));
    if (span.isError() || !span.code().equals("OK")) {
      terms.add(service(span.service(), true));
      terms.add(service(span.target(), true));
      terms.add(method(span.method(), true));
      terms.add(method(span.name(), true));
      terms.add(ANY_ERROR);
    }
  }

  static int service(String name, boolean failed) {
    return hash(failed ? "failed service" : "service", name);
  }

  static int method(String name, boolean failed) {
    return hash(failed ? "failed method" : "method", name);
  }

  private static int hash(String what, String name) {
    CRC32C crc = new CRC32C();
    crc.update((what + '\0' + name).getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue() >>> (Integer.SIZE - BITS);
  }
}
