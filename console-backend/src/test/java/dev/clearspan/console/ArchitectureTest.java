package dev.clearspan.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.clearspan.console");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.clearspan.console.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTheStartKnowsTheApi() {
    classes()
        .that()
        .resideInAPackage("..console.api..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage("dev.clearspan.console", "..console.api..")
        .check(CLASSES);
  }

  @Test
  void onlyTheStartKnowsEtcd() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.clearspan.console")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.clearspan.etcd..", "io.etcd..")
        .check(CLASSES);
  }

  @Test
  void whatIsUsedEverywhereKnowsNoFeature() {
    noClasses()
        .that()
        .resideInAnyPackage("..console.web..", "..console.problem..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..console.registry..",
            "..console.topology..",
            "..console.change..",
            "..console.policy..",
            "..console.audit..",
            "..console.identity..",
            "..console.events..",
            "..console.trace..",
            "..console.metric..")
        .check(CLASSES);
  }

  @Test
  void sqlStaysWhereDataIs() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..console.identity..", "..console.trace..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.h2..")
        .check(CLASSES);
  }

  @Test
  void noOtherModulesInternals() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.clearspan.rpc.internal..")
        .check(CLASSES);
  }
}
