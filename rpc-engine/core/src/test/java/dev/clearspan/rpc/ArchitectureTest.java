package dev.clearspan.rpc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in this module. */
@AnalyzeClasses(packages = "dev.clearspan.rpc", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "dev.clearspan.rpc";

  @ArchTest
  static final ArchRule onlyInternalSeesNetty =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule theClientSideKnowsTheWireOnlyByItsSeam =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".client..",
              ROOT + ".balance..",
              ROOT + ".retry..",
              ROOT + ".breaker..",
              ROOT + ".policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + ".internal.frame..", ROOT + ".internal.netty..", ROOT + ".internal.http1..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule seamsDependOnNothingAbove =
      classes()
          .that()
          .resideInAnyPackage(
              ROOT + ".ledger", ROOT + ".discovery", ROOT + ".control", ROOT + ".time")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      ROOT,
                      ROOT + ".ledger",
                      ROOT + ".discovery",
                      ROOT + ".control",
                      ROOT + ".time",
                      "dev.clearspan.protocol..")
                  .or(resideInAnyPackage("java..", "org..", "io.opentelemetry..", "com.google.."))
                  .or(resideInAPackage("")));

  @ArchTest
  static final ArchRule strategiesKnowNoCalls =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + ".balance..", ROOT + ".retry..", ROOT + ".breaker..", ROOT + ".policy..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + ".client..", ROOT + ".server..", ROOT + ".internal..");

  @ArchTest
  static final ArchRule onlyTheEtcdModuleSeesJetcdAndOnlyTracingTheSdk =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.etcd..", "io.opentelemetry.sdk..");
}
