package dev.clearspan.examples.demo;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * Runs another main class in this process until standard input ends. The supervisor holds the other
 * end of that pipe, so its children end with it, even when it is killed with no chance to clean up.
 */
public final class Tether {
  private Tether() {}

  /** The first argument is the main class; the rest is handed to it. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Thread watch = new Thread(Tether::exitAtEndOfInput, "tether");
    watch.setDaemon(true);
    watch.start();
    mainOf(args[0], Arrays.copyOfRange(args, 1, args.length)).run();
  }

  /** A main method, to be run; what it throws ends the process. */
  static Runnable mainOf(String mainClass, String... args) throws ReflectiveOperationException {
    Method main = Class.forName(mainClass).getMethod("main", String[].class);
    return () -> {
      try {
        main.invoke(null, (Object) args);
      } catch (InvocationTargetException e) {
        e.getTargetException().printStackTrace();
        System.exit(1);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(mainClass + ": main is not public", e);
      }
    };
  }

  private static void exitAtEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever sent: only the end of the stream means something.
      }
    } catch (IOException e) {
      System.err.println("tether: " + e.getMessage() + "; ending");
    }
    System.exit(0);
  }
}
