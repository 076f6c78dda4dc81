package dev.clearspan.protoc;

/** What both generated sources are made with: names of types and the frame of the file. */
final class Source {
  private static final String RPC = "dev.clearspan.rpc";

  private final ServiceModel service;
  private final Imports imports;

  Source(ServiceModel service) {
    this.service = service;
    this.imports = new Imports(service.packageName(), service.neighbours());
    refer(service.clientType());
    refer(service.baseType());
  }

  /** One of the words of Clearspan's API, such as {@code RpcChannel}. */
  String rpc(String name) {
    return refer(new JavaType(RPC, name));
  }

  String java(String packageName, String name) {
    return refer(new JavaType(packageName, name));
  }

  String refer(JavaType type) {
    return imports.refer(type);
  }

  /** The annotations before the class. */
  String classAnnotations() {
    String nullMarked = "@" + java("org.jspecify.annotations", "NullMarked") + "\n";
    return service.usesDeprecatedMessages()
        ? "@" + java("java.lang", "SuppressWarnings") + "(\"deprecation\")\n" + nullMarked
        : nullMarked;
  }

  /** The comment before the class. */
  Javadoc classComment(String firstSentence) {
    return new Javadoc().text(firstSentence).comment(service.comment());
  }

  /** The whole file around the class, whose text must be complete: it decides the imports. */
  String file(String classText) {
    StringBuilder text =
        new StringBuilder("// Generated from ")
            .append(service.protoFile())
            .append(" by Clearspan's protoc plugin. Do not edit.\n");
    if (!service.packageName().isEmpty()) {
      text.append("package ").append(service.packageName()).append(";\n\n");
    }
    String statements = imports.statements();
    if (!statements.isEmpty()) {
      text.append(statements).append('\n');
    }
    return text.append(classText).toString();
  }
}
