package dev.clearspan.console.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.clearspan.console.web.Json;
import dev.clearspan.protocol.AuditEntry;
import dev.clearspan.protocol.ForcedBreakers;
import dev.clearspan.protocol.Instance;
import dev.clearspan.protocol.InstanceControl;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.ServicePolicy;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads registry values. They are hostile input: size and shape are checked before anything is
 * used. Fields of newer versions are skipped.
 */
final class Values {
  static final int MAX_WEIGHT = 10_000;

  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]%-]{1,253}");
  private static final int MAX_PORT = 65_535;

  private Values() {}

  static Instance instance(RegistryKey.InstanceKey key, String json) throws InvalidValueException {
    Instance instance = parse(key, json, Instance.newBuilder()).build();
    require(instance.getService().equals(key.ref().service()), "service", instance.getService());
    require(
        instance.getInstanceId().equals(key.ref().instance()),
        "instanceId",
        instance.getInstanceId());
    require(HOST.matcher(instance.getHost()).matches(), "host", instance.getHost());
    require(instance.getPort() > 0 && instance.getPort() <= MAX_PORT, "port", instance.getPort());
    require(isWeight(instance.getWeight()), "weight", instance.getWeight());
    require(instance.getState() != Instance.State.UNRECOGNIZED, "state", "unknown");
    return instance;
  }

  static InstanceControl control(RegistryKey.ControlKey key, String json)
      throws InvalidValueException {
    InstanceControl control = parse(key, json, InstanceControl.newBuilder()).build();
    require(isWeight(control.getWeight()), "weight", control.getWeight());
    return control;
  }

  static ServicePolicy policy(RegistryKey.PolicyKey key, String json) throws InvalidValueException {
    return parse(key, json, ServicePolicy.newBuilder()).build();
  }

  static ForcedBreakers forced(RegistryKey.BreakerKey key, String json)
      throws InvalidValueException {
    return parse(key, json, ForcedBreakers.newBuilder()).build();
  }

  static ProcessStatus status(RegistryKey.StatusKey key, String json) throws InvalidValueException {
    ProcessStatus status = parse(key, json, ProcessStatus.newBuilder()).build();
    require(status.getProcessId().equals(key.processId()), "processId", status.getProcessId());
    require(!status.getService().isEmpty(), "service", "empty");
    return status;
  }

  static AuditEntry audit(RegistryKey.AuditKey key, String json) throws InvalidValueException {
    AuditEntry entry = parse(key, json, AuditEntry.newBuilder()).build();
    require(entry.getId().equals(key.id()), "id", entry.getId());
    return entry;
  }

  /** A JSON object; what it means is for its readers. */
  static JsonNode document(RegistryKey key, String json) throws InvalidValueException {
    requireSize(key, json);
    JsonNode document = Json.lenient(json);
    if (!document.isObject()) {
      throw new InvalidValueException("not a JSON object");
    }
    return document;
  }

  private static void requireSize(RegistryKey key, String json) throws InvalidValueException {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > key.maxBytes()) {
      throw new InvalidValueException(bytes + " bytes (expected: at most " + key.maxBytes() + ")");
    }
  }

  private static <B extends Message.Builder> B parse(RegistryKey key, String json, B builder)
      throws InvalidValueException {
    requireSize(key, json);
    try {
      PARSER.merge(json, builder);
      return builder;
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidValueException("not the JSON expected here: " + e.getMessage());
    }
  }

  private static boolean isWeight(int weight) {
    return weight >= 0 && weight <= MAX_WEIGHT;
  }

  private static void require(boolean valid, String field, Object found)
      throws InvalidValueException {
    if (!valid) {
      throw new InvalidValueException(field + ": '" + found + "' is not allowed here");
    }
  }
}
