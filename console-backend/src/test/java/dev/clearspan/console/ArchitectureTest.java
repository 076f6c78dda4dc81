package dev.clearspan.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.clearspan.console",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.clearspan.console.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheStartKnowsTheApi =
      classes()
          .that()
          .resideInAPackage("..console.api..")
          .should()
          .onlyHaveDependentClassesThat()
          .resideInAnyPackage("dev.clearspan.console", "..console.api..");

  @ArchTest
  static final ArchRule onlyTheStartKnowsEtcd =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.clearspan.console")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.clearspan.etcd..", "io.etcd..");

  @ArchTest
  static final ArchRule whatIsUsedEverywhereKnowsNoFeature =
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
              "..console.metric..");

  @ArchTest
  static final ArchRule sqlStaysWhereDataIs =
      noClasses()
          .that()
          .resideOutsideOfPackages("..console.identity..", "..console.trace..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "org.h2..");

  @ArchTest
  static final ArchRule noOtherModulesInternals =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.clearspan.rpc.internal..");
}
