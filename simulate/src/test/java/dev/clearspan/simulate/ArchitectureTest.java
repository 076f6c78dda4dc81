package dev.clearspan.simulate;

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
          .importPackages("dev.clearspan.simulate");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.clearspan.simulate.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyTheSeamsOfCoreAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.clearspan.rpc.internal..", "io.netty..", "io.etcd..")
        .check(classes);
  }

  @Test
  void onlyTheProgressReadsTheClock() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Simulate.class)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(classes);
  }
}
