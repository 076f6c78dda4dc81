package dev.clearspan.etcd;

import java.util.Map;

/**
 * What a process knew of a service, for its next start.
 *
 * @param service the service
 * @param revision the registry's revision it stems from
 * @param values JSON by key, relative to the environment
 */
record ServiceSnapshot(String service, long revision, Map<String, String> values) {
  ServiceSnapshot {
    values = Map.copyOf(values);
  }
}
