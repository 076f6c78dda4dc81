package dev.clearspan.protoc;

/**
 * A Java class by name.
 *
 * @param packageName "" for the unnamed package
 * @param name with its enclosing classes, such as {@code OrdersProto.Order}
 */
record JavaType(String packageName, String name) {
  /** The type that is called {@code child} inside this one. */
  JavaType nested(String child) {
    return new JavaType(packageName, name + "." + child);
  }

  /** The outermost class: what an import or a file is about. */
  String topLevelName() {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  String qualifiedName() {
    return packageName.isEmpty() ? name : packageName + "." + name;
  }
}
