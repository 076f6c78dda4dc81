package dev.clearspan.etcd;

import com.google.protobuf.Timestamp;
import dev.clearspan.protocol.ProcessStatus;
import dev.clearspan.protocol.RefusedDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Up to which revision this process has applied the rules of each service, and what it refused: the
 * plane's share of the status document. Thread-safe.
 */
final class Acknowledgements {
  private static final int MAX_REFUSED = 16;
  private static final int MAX_IGNORED = 32;

  /**
   * One service's state.
   *
   * @param revision all rules up to it are in force
   * @param at when the last of them came into force
   * @param refused documents not applied
   * @param ignoredFields fields not known, as paths in the policy
   */
  record Ack(
      long revision, Instant at, List<RefusedDocument> refused, List<String> ignoredFields) {}

  private final Map<String, Ack> byService = new ConcurrentHashMap<>();

  void put(String service, Ack ack) {
    byService.put(service, ack);
  }

  void remove(String service) {
    byService.remove(service);
  }

  void contribute(ProcessStatus.Builder status) {
    long minimum = Long.MAX_VALUE;
    List<RefusedDocument> refused = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (var entry : byService.entrySet()) {
      Ack ack = entry.getValue();
      minimum = Math.min(minimum, ack.revision());
      status.putAppliedByService(entry.getKey(), ack.revision());
      status.putAppliedAt(entry.getKey(), timestamp(ack.at()));
      refused.addAll(ack.refused());
      ack.ignoredFields().forEach(field -> ignored.add(entry.getKey() + ": " + field));
    }
    status.setApplied(minimum == Long.MAX_VALUE ? 0 : minimum);
    status.addAllRefused(refused.subList(0, Math.min(MAX_REFUSED, refused.size())));
    status.addAllIgnoredFields(ignored.subList(0, Math.min(MAX_IGNORED, ignored.size())));
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
