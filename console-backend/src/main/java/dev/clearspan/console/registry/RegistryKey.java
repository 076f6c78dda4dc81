package dev.clearspan.console.registry;

import dev.clearspan.rpc.discovery.RegistryNames;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key of the registry, relative to the environment's prefix, taken apart. */
public sealed interface RegistryKey {
  /** The key's text. */
  String text();

  /** The most bytes its value may have. */
  int maxBytes();

  /** svc/{service}/inst/{instance}. */
  record InstanceKey(InstanceRef ref) implements RegistryKey {
    @Override
    public String text() {
      return "svc/" + ref.service() + "/inst/" + ref.instance();
    }

    @Override
    public int maxBytes() {
      return 4 * 1024;
    }
  }

  /** svc/{service}/ctl/policy. */
  record PolicyKey(String service) implements RegistryKey {
    @Override
    public String text() {
      return "svc/" + service + "/ctl/policy";
    }

    @Override
    public int maxBytes() {
      return 256 * 1024;
    }
  }

  /** svc/{service}/ctl/instance/{instance}. */
  record ControlKey(InstanceRef ref) implements RegistryKey {
    @Override
    public String text() {
      return "svc/" + ref.service() + "/ctl/instance/" + ref.instance();
    }

    @Override
    public int maxBytes() {
      return 1024;
    }
  }

  /** svc/{service}/ctl/breaker. */
  record BreakerKey(String service) implements RegistryKey {
    @Override
    public String text() {
      return "svc/" + service + "/ctl/breaker";
    }

    @Override
    public int maxBytes() {
      return 64 * 1024;
    }
  }

  /** desc/{sha256}. */
  record DescriptorKey(String sha256) implements RegistryKey {
    @Override
    public String text() {
      return "desc/" + sha256;
    }

    @Override
    public int maxBytes() {
      return 1024 * 1024;
    }
  }

  /** status/{processId}. */
  record StatusKey(String processId) implements RegistryKey {
    @Override
    public String text() {
      return "status/" + processId;
    }

    @Override
    public int maxBytes() {
      return 8 * 1024;
    }
  }

  /** audit/{id}. */
  record AuditKey(String id) implements RegistryKey {
    @Override
    public String text() {
      return "audit/" + id;
    }

    @Override
    public int maxBytes() {
      return 256 * 1024;
    }
  }

  /** fleet. */
  record FleetKey() implements RegistryKey {
    @Override
    public String text() {
      return "fleet";
    }

    @Override
    public int maxBytes() {
      return 4 * 1024;
    }
  }

  /** ctl/alert/rule/{id} and ctl/alert/silence/{id}: for the console alone, no process reads it. */
  record AlertKey(AlertKind kind, String id) implements RegistryKey {
    @Override
    public String text() {
      return "ctl/alert/" + kind.word + "/" + id;
    }

    @Override
    public int maxBytes() {
      return 8 * 1024;
    }
  }

  /** What is stored of alerts. */
  enum AlertKind {
    RULE("rule"),
    SILENCE("silence");

    private final String word;

    AlertKind(String word) {
      this.word = word;
    }
  }

  /** Takes a key apart; empty when it is none of ours. */
  static Optional<RegistryKey> parse(String text) {
    Matcher service = Patterns.SERVICE.matcher(text);
    if (service.matches()) {
      return ofService(service.group(1), service.group(2), service.group(3));
    }
    Matcher single = Patterns.SINGLE.matcher(text);
    if (single.matches()) {
      return Optional.of(ofKind(single.group(1), single.group(2)));
    }
    Matcher alert = Patterns.ALERT.matcher(text);
    if (alert.matches()) {
      AlertKind kind = alert.group(1).equals("rule") ? AlertKind.RULE : AlertKind.SILENCE;
      return Optional.of(new AlertKey(kind, alert.group(2)));
    }
    return text.equals("fleet") ? Optional.of(new FleetKey()) : Optional.empty();
  }

  private static Optional<RegistryKey> ofService(
      String service, String kind, @Nullable String instance) {
    if (!RegistryNames.isName(service)
        || (instance != null && !RegistryNames.isInstanceId(instance))) {
      return Optional.empty();
    }
    InstanceRef ref = new InstanceRef(service, instance == null ? "" : instance);
    return switch (kind) {
      case "inst/" -> instance == null ? Optional.empty() : Optional.of(new InstanceKey(ref));
      case "ctl/instance/" ->
          instance == null ? Optional.empty() : Optional.of(new ControlKey(ref));
      case "ctl/policy" ->
          instance == null ? Optional.of(new PolicyKey(service)) : Optional.empty();
      case "ctl/breaker" ->
          instance == null ? Optional.of(new BreakerKey(service)) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static RegistryKey ofKind(String kind, String id) {
    return switch (kind) {
      case "status" -> new StatusKey(id);
      case "audit" -> new AuditKey(id);
      default -> new DescriptorKey(id);
    };
  }

  /** Shapes of keys. */
  final class Patterns {
    private static final Pattern SERVICE =
        Pattern.compile("svc/([^/]+)/(inst/|ctl/instance/|ctl/policy|ctl/breaker)([^/]+)?");
    private static final Pattern SINGLE =
        Pattern.compile("(status|audit|desc)/([A-Za-z0-9._:\\[\\]-]{1,300})");

    private static final Pattern ALERT =
        Pattern.compile("ctl/alert/(rule|silence)/([a-zA-Z0-9][a-zA-Z0-9._-]{0,62})");

    private Patterns() {}
  }
}
