package dev.clearspan.etcd.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.clearspan.etcd.embedded");

  @Test
  void itServesWithOurOwnEngineAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "io.etcd..", "io.netty..", "dev.clearspan.rpc.internal..")
        .check(CLASSES);
  }

  @Test
  void itKnowsNoneOfItsClients() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.clearspan.etcd", "dev.clearspan.console..")
        .check(CLASSES);
  }
}
