package dev.clearspan.rpc.control;

import dev.clearspan.rpc.control.ControlStore.Entry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a follower of a control store knows. */
final class SeenKeys implements ControlStore.Listener {
  private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public void reset(List<Entry> content, long revision) {
    entries.clear();
    content.forEach(entry -> entries.put(entry.key(), entry));
    events.add("reset");
  }

  @Override
  public void put(Entry entry) {
    entries.put(entry.key(), entry);
    events.add("put " + entry.key());
  }

  @Override
  public void deleted(String key, long revision) {
    entries.remove(key);
    events.add("deleted " + key);
  }

  Map<String, Entry> entries() {
    return entries;
  }

  String value(String key) {
    Entry entry = entries.get(key);
    return entry == null ? "" : entry.value();
  }

  List<String> events() {
    return events;
  }
}
