package dev.clearspan.console.events;

import dev.clearspan.console.audit.AuditRow;
import dev.clearspan.console.audit.AuditTrail;
import dev.clearspan.console.change.AckLedger;
import dev.clearspan.console.topology.Topology;
import dev.clearspan.console.topology.TopologyModel;
import dev.clearspan.console.web.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is pushed, as it is now.
 *
 * @param system the state of the console
 * @param alerts how alerts stand
 */
public record EventSources(
    TopologyModel topology,
    AckLedger acks,
    AuditTrail audit,
    Supplier<Object> system,
    Supplier<Object> alerts) {

  /** Changes whose acknowledgements are pushed. */
  static final Duration ACKS_PUSHED = Duration.ofSeconds(60);

  static final int AUDIT_ROWS = 50;

  Topology topologyNow() {
    return topology.topology(TopologyModel.DEFAULT_WINDOW);
  }

  Event breakersNow() {
    return Event.of(Topic.BREAKERS, Json.write(topology.breakers(TopologyModel.DEFAULT_WINDOW)));
  }

  Event systemNow() {
    return Event.of(Topic.SYSTEM, Json.write(system.get()));
  }

  Event alertsNow() {
    return Event.of(Topic.ALERTS, Json.write(alerts.get()));
  }

  List<Event> acksNow() {
    return acks.recent(ACKS_PUSHED).stream()
        .map(
            change ->
                Event.of(
                    Topic.ACKS,
                    change.service() + " " + change.revision(),
                    Json.write(acks.acks(change.service(), change.revision()))))
        .toList();
  }

  static Event auditRow(AuditRow row) {
    return Event.of(Topic.AUDIT, row.id(), Json.write(row));
  }

  /** Everything of these topics but the topology, for a listener that has just come. */
  List<Event> all(Set<Topic> topics) {
    List<Event> events = new ArrayList<>();
    for (Topic topic : topics) {
      switch (topic) {
        case TOPOLOGY -> {}
        case BREAKERS -> events.add(breakersNow());
        case SYSTEM -> events.add(systemNow());
        case ALERTS -> events.add(alertsNow());
        case ACKS -> events.addAll(acksNow());
        case AUDIT -> events.addAll(newestAuditRows());
      }
    }
    return events;
  }

  /** In the order in which they happened. */
  private List<Event> newestAuditRows() {
    return audit.find(new AuditTrail.Search(null, null, null, null, AUDIT_ROWS)).stream()
        .sorted(Comparator.comparingLong(AuditRow::revision))
        .map(EventSources::auditRow)
        .toList();
  }
}
