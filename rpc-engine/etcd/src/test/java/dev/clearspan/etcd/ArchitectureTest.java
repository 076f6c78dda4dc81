package dev.clearspan.etcd;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import io.netty.util.Version;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.clearspan");

  @Test
  void nobodyElseSeesTheEtcdClient() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.clearspan.etcd")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.etcd..")
        .check(CLASSES);
  }

  @Test
  void publicMethodsDoNotMentionTheEtcdClient() {
    DescribedPredicate<JavaClass> foreign =
        JavaClass.Predicates.resideInAnyPackage("io.etcd..", "io.grpc..", "com.google.gson..");
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.clearspan.etcd")
        .should(ArchConditions.not(ArchConditions.haveRawReturnType(foreign)))
        .check(CLASSES);
  }

  /** Moments that others read are wall-clock; what waits, renews or lists again must not be. */
  @Test
  void theWallClockOnlyDatesWhatOthersRead() {
    noClasses()
        .that()
        .resideInAPackage("dev.clearspan.etcd")
        .and()
        .doNotBelongToAnyOf(
            RuleAudience.class, AuditRows.class, EtcdControlStore.class, ServiceFeed.class)
        .should(readTheWallClock())
        .check(CLASSES);
  }

  private static ArchCondition<JavaClass> readTheWallClock() {
    return ArchConditions.callMethodWhere(
        new DescribedPredicate<>("it reads the wall clock") {
          @Override
          public boolean test(JavaMethodCall call) {
            return (call.getName().equals("now")
                    && call.getTargetOwner().getPackageName().equals("java.time"))
                || call.getName().equals("currentTimeMillis")
                || call.getTargetOwner().isAssignableTo(InstantSource.class);
          }
        });
  }

  @Test
  void internalsOfCoreAreNotUsed() {
    noClasses()
        .that()
        .resideInAPackage("dev.clearspan.etcd")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.clearspan.rpc.internal..")
        .check(CLASSES);
  }

  @Test
  void allOfNettyIsOneVersion() {
    var versions =
        Version.identify().entrySet().stream()
            .filter(entry -> !entry.getKey().contains("tcnative"))
            .map(entry -> entry.getValue().artifactVersion())
            .collect(Collectors.toSet());

    assertThat(versions).hasSize(1);
  }
}
