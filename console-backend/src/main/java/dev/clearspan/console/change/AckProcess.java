package dev.clearspan.console.change;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One process' word on a change.
 *
 * @param instance its instance id, when it serves
 * @param role "caller" or "server" of the service
 * @param millis from the commit until it was in force; null when not known
 * @param detail why it refuses or what is known of its silence; empty otherwise
 * @param ignored fields of the policy in force that its version does not know
 */
public record AckProcess(
    String processId,
    String service,
    @Nullable String instance,
    String role,
    State state,
    long appliedRevision,
    @Nullable Long millis,
    String detail,
    List<String> ignored) {
  public AckProcess {
    ignored = List.copyOf(ignored);
  }

  /** What a process says, the most worrying first. */
  public enum State {
    REFUSED,
    /** It should have answered by now. */
    SILENT,
    PENDING,
    APPLIED;

    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
