package dev.clearspan.etcd;

import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;

/**
 * The keys of one environment, {@code /clearspan/v1/{env}/...}. Everywhere else keys are relative
 * to that prefix.
 */
record Keyspace(String env) {
  static final String FLEET = "fleet";

  /** Of the status of each process. */
  static final String STATUS = "status/";

  static String servicePrefix(String service) {
    return "svc/" + service + "/";
  }

  static String instanceKey(String service, String instanceId) {
    return servicePrefix(service) + "inst/" + instanceId;
  }

  static String statusKey(String processId) {
    return STATUS + processId;
  }

  static String auditKey(String ulid) {
    return "audit/" + ulid;
  }

  static String descriptorKey(String sha256) {
    return "desc/" + sha256;
  }

  ByteSequence absolute(String relative) {
    return bytes(prefix() + relative);
  }

  String relative(ByteSequence absolute) {
    String key = absolute.toString(StandardCharsets.UTF_8);
    if (!key.startsWith(prefix())) {
      throw new IllegalArgumentException("key: " + key + " (expected: one below " + prefix() + ")");
    }
    return key.substring(prefix().length());
  }

  static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  private String prefix() {
    return "/clearspan/v1/" + env + "/";
  }
}
