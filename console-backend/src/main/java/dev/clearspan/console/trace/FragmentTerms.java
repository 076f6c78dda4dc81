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

  static void addTo(Set<Integer> terms, SpanGist span) {
    add(terms, span, false);
    if (span.failed()) {
      add(terms, span, true);
      terms.add(ANY_ERROR);
    }
  }

  private static void add(Set<Integer> terms, SpanGist span, boolean failed) {
    terms.add(service(span.service(), failed));
    terms.add(method(span.method(), failed));
    if (!span.target().equals(span.service())) {
      terms.add(service(span.target(), failed));
    }
    if (!span.name().equals(span.method())) {
      terms.add(method(span.name(), failed));
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
