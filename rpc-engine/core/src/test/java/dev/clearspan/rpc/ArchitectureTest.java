package dev.clearspan.rpc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** Who may know whom in this module. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("dev.clearspan.rpc");
  private static final String ROOT = "dev.clearspan.rpc";

  @Test
  void onlyInternalSeesNetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".internal..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(CLASSES);
  }

  @Test
  void theClientSideKnowsTheWireOnlyByItsSeam() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".client..",
            ROOT + ".balance..",
            ROOT + ".retry..",
            ROOT + ".breaker..",
            ROOT + ".limit..",
            ROOT + ".outlier..",
            ROOT + ".fallback..",
            ROOT + ".fault..",
            ROOT + ".route..",
            ROOT + ".policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + ".internal.frame..", ROOT + ".internal.netty..", ROOT + ".internal.http1..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void seamsDependOnNothingAbove() {
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
                .or(resideInAPackage("")))
        .check(CLASSES);
  }

  @Test
  void strategiesKnowNoCalls() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + ".balance..",
            ROOT + ".retry..",
            ROOT + ".breaker..",
            ROOT + ".limit..",
            ROOT + ".outlier..",
            ROOT + ".fallback..",
            ROOT + ".fault..",
            ROOT + ".route..",
            ROOT + ".policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".client..", ROOT + ".server..", ROOT + ".internal..")
        .check(CLASSES);
  }

  @Test
  void onlyTheEtcdModuleSeesJetcdAndOnlyTracingTheSdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.etcd..", "io.opentelemetry.sdk..")
        .check(CLASSES);
  }
}
