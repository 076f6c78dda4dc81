package dev.clearspan.rpc.discovery;

import dev.clearspan.protocol.Instance;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What every instance in a registry must satisfy: writers are refused, readers ignore the value.
 */
public final class InstanceRules {
  public static final int MAX_WEIGHT = 10_000;
  private static final int MAX_TEXT = 128;
  private static final int MAX_TAGS = 64;
  private static final int MAX_PROTOCOLS = 16;
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private InstanceRules() {}

  /**
   * Returns the instance.
   *
   * @throws IllegalArgumentException naming the first field that breaks the rules
   */
  public static Instance requireValid(Instance instance) {
    violation(instance)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    return instance;
  }

  /** The first thing wrong with the instance, naming the field; empty if nothing is. */
  public static Optional<String> violation(Instance instance) {
    return identityViolation(instance)
        .or(() -> addressViolation(instance))
        .or(() -> contentViolation(instance));
  }

  private static Optional<String> identityViolation(Instance instance) {
    if (!RegistryNames.isName(instance.getService())) {
      return wrong("service", quoted(instance.getService()), "[a-z0-9._-]{1,63}");
    }
    if (!RegistryNames.isInstanceId(instance.getInstanceId())) {
      return wrong(
          "instanceId", quoted(instance.getInstanceId()), "[A-Za-z0-9._:[]-]{1,128}, as host:port");
    }
    return Optional.empty();
  }

  private static Optional<String> addressViolation(Instance instance) {
    if (!HostNames.isDialable(instance.getHost())) {
      return wrong("host", quoted(instance.getHost()), "a unicast IP address or a host name");
    }
    if (instance.getPort() < 1 || instance.getPort() > 65_535) {
      return wrong("port", instance.getPort(), "1 to 65535");
    }
    return Optional.empty();
  }

  private static Optional<String> contentViolation(Instance instance) {
    if (instance.getWeight() < 0 || instance.getWeight() > MAX_WEIGHT) {
      return wrong("weight", instance.getWeight(), "0 to " + MAX_WEIGHT);
    }
    if (instance.getState() == Instance.State.UNRECOGNIZED) {
      return wrong("state", instance.getStateValue(), "UP or DRAINING");
    }
    if (!plain(instance.getZone())) {
      return wrong("zone", quoted(instance.getZone()), "plain text of at most 128 characters");
    }
    if (!plain(instance.getVersion())) {
      return wrong(
          "version", quoted(instance.getVersion()), "plain text of at most 128 characters");
    }
    if (!plain(instance.getIncarnation())) {
      return wrong(
          "incarnation", quoted(instance.getIncarnation()), "plain text of at most 128 characters");
    }
    String hash = instance.getDescriptorHash();
    if (!hash.isEmpty() && !SHA256.matcher(hash).matches()) {
      return wrong("descriptorHash", quoted(hash), "64 lower-case hex digits");
    }
    return listViolation(instance);
  }

  private static Optional<String> listViolation(Instance instance) {
    if (instance.getTagsCount() > MAX_TAGS) {
      return wrong("tags", instance.getTagsCount() + " entries", "at most " + MAX_TAGS);
    }
    for (var tag : instance.getTagsMap().entrySet()) {
      if (tag.getKey().isEmpty() || !plain(tag.getKey()) || !plain(tag.getValue())) {
        return wrong(
            "tags", quoted(tag.getKey()), "keys and values of plain text, 1 to 128 characters");
      }
    }
    if (instance.getProtocolsCount() > MAX_PROTOCOLS
        || !instance.getProtocolsList().stream().allMatch(InstanceRules::plain)) {
      return wrong(
          "protocols",
          instance.getProtocolsCount() + " entries",
          "at most " + MAX_PROTOCOLS + " of plain text");
    }
    return Optional.empty();
  }

  private static boolean plain(String text) {
    return text.length() <= MAX_TEXT && text.chars().noneMatch(Character::isISOControl);
  }

  private static String quoted(String text) {
    String shown = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    return "\"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  private static Optional<String> wrong(String field, Object found, String expected) {
    return Optional.of(field + ": " + found + " (expected: " + expected + ")");
  }
}
