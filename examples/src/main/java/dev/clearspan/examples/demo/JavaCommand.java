package dev.clearspan.examples.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds command lines of JVMs like ours: the same java and class path, small heaps.
 *
 * @param java the java program
 * @param classPath jars only, or no class archive can be used
 * @param feature Java's feature release, such as 17
 */
record JavaCommand(Path java, String classPath, int feature) {
  private static final int ASKS_FOR_NATIVE_ACCESS = 24;

  static JavaCommand ofThisProcess() {
    return new JavaCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        Runtime.version().feature());
  }

  /** A small process that ends with us. */
  List<String> tethered(int heapMegabytes, List<String> jvmArguments, String... mainAndArguments) {
    List<String> command = small(heapMegabytes, jvmArguments);
    command.add(Tether.class.getName());
    command.addAll(List.of(mainAndArguments));
    return command;
  }

  /** A small process. */
  List<String> small(int heapMegabytes, List<String> jvmArguments) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Xms16m");
    command.add("-Xmx" + heapMegabytes + "m");
    command.add("-Xss512k");
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (feature >= ASKS_FOR_NATIVE_ACCESS) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(jvmArguments);
    command.add("-cp");
    command.add(classPath);
    return command;
  }
}
