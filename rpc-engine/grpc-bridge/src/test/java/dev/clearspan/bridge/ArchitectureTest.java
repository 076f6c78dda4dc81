package dev.clearspan.bridge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Who may know whom: the bridge is the only place where the two meet. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.clearspan");

  @Test
  void internalsOfCoreAreNotUsed() {
    noClasses()
        .that()
        .resideInAPackage("dev.clearspan.bridge")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.clearspan.rpc.internal..")
        .check(CLASSES);
  }

  @Test
  void nobodyElseSeesGrpcJava() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.clearspan.bridge")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..")
        .check(CLASSES);
  }

  @Test
  void onlyGrpcsApiIsNeeded() {
    classes()
        .that()
        .resideInAPackage("dev.clearspan.bridge")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.clearspan..",
            "io.grpc",
            "io.grpc.protobuf",
            "com.google.protobuf",
            "io.opentelemetry.context",
            "org.slf4j",
            "org.jspecify..",
            "java..")
        .check(CLASSES);
  }
}
