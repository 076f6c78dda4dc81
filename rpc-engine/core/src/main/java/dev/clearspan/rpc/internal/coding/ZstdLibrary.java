package dev.clearspan.rpc.internal.coding;

/** Whether zstd-jni, which is optional, is on the class path and runs on this machine. */
final class ZstdLibrary {
  private ZstdLibrary() {}

  static boolean isThere() {
    try {
      Class<?> library = Class.forName("com.github.luben.zstd.util.Native");
      library.getMethod("load").invoke(null);
      return true;
    } catch (ReflectiveOperationException | LinkageError e) {
      return false;
    }
  }
}
