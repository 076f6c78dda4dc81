package dev.clearspan.rpc.internal.http2;

import dev.clearspan.rpc.MethodSpec;
import io.netty.util.AsciiString;
import java.util.IdentityHashMap;
import java.util.Map;

/** The {@code :path} of each method, made once. Confined to one connection's loop. */
final class MethodPaths {
  private static final int MOST = 4_096;

  private final Map<MethodSpec<?, ?>, AsciiString> paths = new IdentityHashMap<>();

  AsciiString of(MethodSpec<?, ?> method) {
    AsciiString known = paths.get(method);
    return known != null ? known : add(method);
  }

  private AsciiString add(MethodSpec<?, ?> method) {
    if (paths.size() >= MOST) {
      paths.clear();
    }
    AsciiString path = AsciiString.of("/" + method.fullName());
    paths.put(method, path);
    return path;
  }
}
