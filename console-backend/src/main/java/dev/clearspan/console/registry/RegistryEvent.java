package dev.clearspan.console.registry;

import dev.clearspan.protocol.AuditEntry;

/** What has changed in the registry. */
public sealed interface RegistryEvent {
  /** Everything was read anew. */
  record Reset() implements RegistryEvent {}

  /** Instances came, went or changed. */
  record InstancesChanged(String service) implements RegistryEvent {}

  /** A process told something new, or its lease ended. */
  record StatusChanged(String processId) implements RegistryEvent {}

  /** A policy, an override or a forced breaker changed at this revision. */
  record RulesChanged(String service, String key, long revision) implements RegistryEvent {}

  /** A new audit row. */
  record AuditAdded(Stored<AuditEntry> entry) implements RegistryEvent {}
}
