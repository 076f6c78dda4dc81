package dev.clearspan.rpc.control;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Remembers all rules a watch delivered. */
public final class SeenRules implements Consumer<ServiceRules> {
  private final List<ServiceRules> rules = new CopyOnWriteArrayList<>();

  @Override
  public void accept(ServiceRules news) {
    rules.add(news);
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  public int count() {
    return rules.size();
  }

  public ServiceRules last() {
    return rules.isEmpty() ? ServiceRules.none("none") : rules.get(rules.size() - 1);
  }

  public int maxAttempts() {
    return last().policy().getService().getRetry().getMaxAttempts();
  }
}
