package dev.clearspan.rpc.discovery;

import dev.clearspan.protocol.Instance;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Remembers every set a watch delivered. */
public final class SeenInstances implements Consumer<InstanceSet> {
  private final List<InstanceSet> sets = new CopyOnWriteArrayList<>();

  @Override
  public void accept(InstanceSet set) {
    sets.add(set);
  }

  public int count() {
    return sets.size();
  }

  public boolean isEmpty() {
    return sets.isEmpty();
  }

  public InstanceSet last() {
    return sets.isEmpty() ? InstanceSet.empty("none") : sets.get(sets.size() - 1);
  }

  public List<InstanceSet> all() {
    return List.copyOf(sets);
  }

  public Set<String> ids() {
    return last().instances().stream().map(Instance::getInstanceId).collect(Collectors.toSet());
  }

  public Instance first() {
    return last().instances().stream().findFirst().orElse(Instance.getDefaultInstance());
  }

  public boolean holdsOnly(String id) {
    return ids().equals(Set.of(id)) && last().suspects().isEmpty();
  }
}
