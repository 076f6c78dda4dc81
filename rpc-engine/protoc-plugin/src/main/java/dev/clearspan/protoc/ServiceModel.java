package dev.clearspan.protoc;

import dev.clearspan.protocol.MethodKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service as the sources need it.
 *
 * @param fullName "package.Service"
 * @param name "Service"
 * @param protoFile path of the .proto
 * @param outerType class that holds the file's descriptor
 * @param comment the .proto's comment, "" if none
 * @param methods in the order of the .proto
 * @param neighbours other classes in the same Java package, whose simple names are theirs
 */
record ServiceModel(
    String fullName,
    String name,
    String protoFile,
    JavaType outerType,
    String comment,
    List<Method> methods,
    Set<String> neighbours) {

  /**
   * A method.
   *
   * @param fullName "package.Service/Method"
   * @param names its Java names
   * @param kind never UNSPECIFIED
   * @param comment the .proto's comment, "" if none
   */
  record Method(
      String fullName,
      Shape shape,
      MethodNames.Names names,
      TypeIndex.Message request,
      TypeIndex.Message response,
      MethodKind kind,
      boolean idempotent,
      boolean deprecated,
      String comment) {}

  String packageName() {
    return outerType.packageName();
  }

  JavaType clientType() {
    return new JavaType(packageName(), name + "Client");
  }

  JavaType baseType() {
    return new JavaType(packageName(), name + "Base");
  }

  /** Whether compiling the sources would warn of a deprecated message. */
  boolean usesDeprecatedMessages() {
    return methods.stream()
        .flatMap(method -> Stream.of(method.request(), method.response()))
        .anyMatch(TypeIndex.Message::deprecated);
  }
}
