package dev.clearspan.rpc.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** The only place that knows of virtual threads (JDK 21 and later), found by reflection. */
final class VirtualThreads {
  private static final @Nullable ThreadFactory FACTORY = find();

  static final boolean AVAILABLE = FACTORY != null;

  private VirtualThreads() {}

  /** Starts the task on a new virtual thread. */
  static void start(Runnable task) {
    create(task).start();
  }

  /** A virtual thread for the task, to be started. */
  static Thread create(Runnable task) {
    if (FACTORY == null) {
      throw new IllegalStateException(
          "virtual threads: JDK " + Runtime.version().feature() + " (expected: >= 21)");
    }
    return FACTORY.newThread(task);
  }

  private static @Nullable ThreadFactory find() {
    try {
      Class<?> builder = Class.forName("java.lang.Thread$Builder");
      Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      Object virtual =
          lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual)).invoke();
      MethodHandle name =
          lookup.findVirtual(
              builder, "name", MethodType.methodType(builder, String.class, long.class));
      Object named = name.invoke(virtual, "clearspan-call-", 0L);
      return (ThreadFactory)
          lookup
              .findVirtual(builder, "factory", MethodType.methodType(ThreadFactory.class))
              .invoke(named);
    } catch (ClassNotFoundException e) {
      return null; // before JDK 21
    } catch (Throwable e) {
      throw new LinkageError("virtual threads of JDK " + Runtime.version(), e);
    }
  }
}
