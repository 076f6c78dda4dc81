package dev.clearspan.etcd;

import dev.clearspan.protocol.RefusedDocument;
import dev.clearspan.rpc.control.ServiceRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who apply the rules of one service. When all of them have taken a revision, it is
 * acknowledged in the process' status; when one throws, it is reported as refused. Loop-only.
 */
final class RuleAudience {
  private static final Logger LOG = LoggerFactory.getLogger(RuleAudience.class);

  private final String service;
  private final FeedContext context;
  private final Set<Delivery<ServiceRules>> listeners = new LinkedHashSet<>();
  private long appliedRevision;
  private Instant appliedAt = Instant.EPOCH;
  private @Nullable RefusedDocument thrown;

  RuleAudience(String service, FeedContext context) {
    this.service = service;
    this.context = context;
  }

  boolean isEmpty() {
    return listeners.isEmpty();
  }

  void add(Delivery<ServiceRules> listener) {
    listeners.add(listener);
  }

  void remove(Delivery<ServiceRules> listener) {
    listeners.remove(listener);
    if (listeners.isEmpty()) {
      leave();
    }
  }

  /** Withdraws the acknowledgement. */
  void leave() {
    context.acknowledgements().remove(service);
    context.board().changed();
  }

  /** Tells a newcomer what the others know already. */
  void welcome(Delivery<ServiceRules> listener, ServiceRules rules, RulesView view) {
    RefusedDocument refusal = deliver(listener, rules);
    if (refusal != null) {
      thrown = refusal;
    }
    acknowledgeNews(rules, view);
  }

  /** Tells all of changed rules. */
  void tell(ServiceRules rules, RulesView view) {
    if (!listeners.isEmpty()) {
      deliverToAll(rules);
      acknowledgeNews(rules, view);
    }
  }

  /** Tells all that the rules they know are still those of a newer revision. */
  void confirm(ServiceRules rules, RulesView view) {
    if (!listeners.isEmpty()) {
      deliverToAll(rules);
      advance(rules.revision(), view);
      context.board().changed();
    }
  }

  /** Moves the acknowledgement to a revision that brought nothing for the listeners. */
  void advance(long revision, RulesView view) {
    if (thrown == null && !listeners.isEmpty()) {
      appliedRevision = revision;
      acknowledge(view);
    }
  }

  private void deliverToAll(ServiceRules rules) {
    thrown = null;
    for (Delivery<ServiceRules> listener : List.copyOf(listeners)) {
      RefusedDocument refusal = deliver(listener, rules);
      if (refusal != null) {
        thrown = refusal;
      }
    }
  }

  private @Nullable RefusedDocument deliver(Delivery<ServiceRules> listener, ServiceRules rules) {
    try {
      listener.deliver(rules);
      return null;
    } catch (RuntimeException e) {
      LOG.warn("the rules of {} at revision {} were refused", service, rules.revision(), e);
      return RefusedDocument.newBuilder()
          .setKey(Keyspace.servicePrefix(service) + "ctl/")
          .setRevision(rules.revision())
          .setReason(String.valueOf(e.getMessage()))
          .build();
    }
  }

  private void acknowledgeNews(ServiceRules rules, RulesView view) {
    boolean fromSnapshot = rules.revision() == 0;
    if (fromSnapshot) {
      return;
    }
    if (thrown == null) {
      appliedRevision = rules.revision();
      appliedAt = Instant.now();
    }
    acknowledge(view);
    context.board().urgent();
  }

  private void acknowledge(RulesView view) {
    List<RefusedDocument> refused = new ArrayList<>(view.refused());
    if (thrown != null) {
      refused.add(thrown);
    }
    context
        .acknowledgements()
        .put(
            service,
            new Acknowledgements.Ack(appliedRevision, appliedAt, refused, view.ignoredFields()));
  }
}
