package dev.clearspan.examples.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a process.
 *
 * @param name what people call it, such as "payments-2"
 * @param command program and arguments
 * @param environment added to our own
 * @param log where its output is appended
 */
record ChildSpec(String name, List<String> command, Map<String, String> environment, Path log) {
  ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
