package dev.clearspan.rpc.internal.netty;

import dev.clearspan.rpc.MethodSpec;
import dev.clearspan.rpc.internal.frame.MethodName;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The numbers given to methods on one connection. Confined to its loop. */
final class MethodIds {
  /** What {@link #of} returns when all numbers are taken. */
  static final int NONE = 0;

  private static final int MOST_SPECS = 4 * MethodName.MAX_ID;

  private final Map<MethodSpec<?, ?>, Integer> bySpec = new IdentityHashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();

  /** The method's number; a new one is announced first. */
  int of(MethodSpec<?, ?> method, Consumer<MethodName> announce) {
    Integer known = bySpec.get(method);
    return known != null ? known : find(method, announce);
  }

  private int find(MethodSpec<?, ?> method, Consumer<MethodName> announce) {
    String codec = method.requestCodec().name();
    String key = method.fullName() + ' ' + codec;
    Integer id = byName.get(key);
    if (id == null) {
      if (byName.size() == MethodName.MAX_ID) {
        return NONE;
      }
      id = byName.size() + 1;
      byName.put(key, id);
      announce.accept(new MethodName(id, method.fullName(), codec));
    }
    if (bySpec.size() >= MOST_SPECS) {
      bySpec.clear();
    }
    bySpec.put(method, id);
    return id;
  }
}
