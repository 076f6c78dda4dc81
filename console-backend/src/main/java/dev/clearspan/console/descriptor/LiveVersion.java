package dev.clearspan.console.descriptor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A contract that instances of a service have now.
 *
 * @param hash SHA-256 of the descriptor set; empty: these instances publish none
 * @param versions what the instances call their version, without repetition
 * @param instances their ids, at most 100
 * @param count how many they are
 * @param since when the first of them started
 * @param problem why the descriptors cannot be used; null: they can
 */
@JsonInclude
public record LiveVersion(
    String hash,
    List<String> versions,
    List<String> instances,
    int count,
    @Nullable Instant since,
    @Nullable String problem) {

  LiveVersion withProblem(String value) {
    return new LiveVersion(hash, versions, instances, count, since, value);
  }

  boolean isUsable() {
    return !hash.isEmpty() && problem == null;
  }
}
