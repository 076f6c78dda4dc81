package dev.clearspan.protoc;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * How one source refers to other classes: by simple name where that is clear, else by full name.
 * Names of the own package win, even over {@code java.lang}, as they do for the compiler.
 */
final class Imports {
  private final String packageName;
  private final Map<String, String> ownerOfName = new HashMap<>();
  private final TreeSet<String> imported = new TreeSet<>();

  /**
   * For a source in this package.
   *
   * @param neighbours classes of the package
   */
  Imports(String packageName, Set<String> neighbours) {
    this.packageName = packageName;
    neighbours.forEach(name -> ownerOfName.put(name, packageName));
  }

  /** The text by which the source refers to the type, which is imported if need be. */
  String refer(JavaType type) {
    String simple = type.topLevelName();
    String owner = ownerOfName.computeIfAbsent(simple, name -> type.packageName());
    if (!owner.equals(type.packageName())) {
      return type.qualifiedName();
    }
    if (!owner.equals(packageName) && !owner.equals("java.lang")) {
      imported.add(new JavaType(owner, simple).qualifiedName());
    }
    return type.name();
  }

  /** The import statements, sorted, one a line. */
  String statements() {
    StringBuilder text = new StringBuilder();
    imported.forEach(name -> text.append("import ").append(name).append(";\n"));
    return text.toString();
  }
}
