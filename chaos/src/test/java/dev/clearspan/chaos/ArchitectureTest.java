package dev.clearspan.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.clearspan.chaos");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.clearspan.chaos.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyWhatUsersHaveIsUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.clearspan.rpc.internal..", "io.netty..", "io.etcd..")
        .check(classes);
  }
}
