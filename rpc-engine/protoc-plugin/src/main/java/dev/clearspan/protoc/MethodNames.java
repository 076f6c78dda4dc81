package dev.clearspan.protoc;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives each method of one service its Java names, in the order of the .proto. Of two methods whose
 * names would clash ({@code Place} and {@code place}, {@code Get} and {@code GetAsync}) the later
 * one gets underscores.
 */
final class MethodNames {
  private final Set<String> methods = new HashSet<>();
  private final Set<String> constants = new HashSet<>();

  /** The names of one method. */
  record Names(String blocking, String async, String constant) {}

  Names next(String rpc) {
    String blocking = JavaNames.method(rpc);
    while (methods.contains(blocking) || methods.contains(async(blocking))) {
      blocking += "_";
    }
    methods.add(blocking);
    methods.add(async(blocking));
    String constant = JavaNames.constant(rpc);
    while (!constants.add(constant)) {
      constant += "_";
    }
    return new Names(blocking, async(blocking), constant);
  }

  private static String async(String blocking) {
    return blocking + "Async";
  }
}
