package dev.clearspan.protoc;

import java.util.HashSet;
import java.util.Set;

/**
 * Gives each method of one service its Java names, in the order of the .proto. Of two methods whose
 * names would clash ({@code Place} and {@code place}, {@code Get} and {@code GetAsync}) the later
 * one gets underscores, as does one that would override a method of Object.
 */
final class MethodNames {
  /**
   * Methods of Object without parameters, which a client's form without a request would override.
   */
  private static final Set<String> OF_OBJECT =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private final Set<String> methods = new HashSet<>();
  private final Set<String> constants = new HashSet<>();

  /** The names of one method. */
  record Names(String blocking, String async, String constant) {}

  Names next(String rpc, Shape shape) {
    String blocking = JavaNames.method(rpc);
    while (methods.contains(blocking)
        || methods.contains(async(blocking))
        || (shape.clientStreams() && OF_OBJECT.contains(blocking))) {
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
