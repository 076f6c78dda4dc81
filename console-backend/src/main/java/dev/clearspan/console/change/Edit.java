package dev.clearspan.console.change;

import dev.clearspan.console.registry.RegistryKey;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one key.
 *
 * @param expected revision it must have (0: must not exist); empty: whatever it has, in which case
 *     the new value is made again from what is found when another change came in between
 */
record Edit(RegistryKey key, OptionalLong expected, RuleWriter.Rewrite rewrite) {
  static Edit to(RegistryKey key, OptionalLong expected, @Nullable String value) {
    return new Edit(key, expected, present -> value);
  }
}
