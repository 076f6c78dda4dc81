package dev.clearspan.console.policy;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * What holds for the calls of one method, field by field.
 *
 * @param revision of the document; 0 when there is none
 * @param fields those that have a value, by path
 */
public record EffectivePolicy(String service, String method, long revision, List<Field> fields) {
  public EffectivePolicy {
    fields = List.copyOf(fields);
  }

  /**
   * One field.
   *
   * @param field its path below a policy, such as {@code retry.maxAttempts}
   * @param from the layer that won for all callers but those in {@code callers}
   * @param callers services whose code asks for something else, which the document leaves to them
   */
  public record Field(String field, JsonNode value, Origin from, List<OfCaller> callers) {
    public Field {
      callers = List.copyOf(callers);
    }
  }

  /** A value by the code of one caller. */
  public record OfCaller(String caller, JsonNode value) {}

  /** Where a value stands. */
  public enum Origin {
    METHOD,
    SERVICE,
    /** Only some callers' code asks for it; what else holds has no value to show. */
    CODE,
    DEFAULT;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
