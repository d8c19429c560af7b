package io.tracegram.deploy.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;

/** The arrows of the architecture: programs → runtime → ledger, and nothing between programs. */
@AnalyzeClasses(packages = "io.tracegram", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
  private static final String LEDGER = "io.tracegram.ledger..";
  private static final String RUNTIME = "io.tracegram.runtime..";
  private static final String EDGE = "io.tracegram.edge..";
  private static final String GATEWAY = "io.tracegram.gateway..";
  private static final String CLOUD = "io.tracegram.cloud..";
  private static final String DEPLOY = "io.tracegram.deploy..";

  @ArchTest
  static final ArchRule LEDGER_KNOWS_NOTHING_BUT_JAVA_AND_SIGNATURES =
      classes()
          .that()
          .resideInAPackage(LEDGER)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              LEDGER,
              "java.lang..",
              "java.math..",
              "java.nio",
              "java.nio.charset..",
              "java.security..",
              "java.util..",
              "java.io..",
              "org.bouncycastle..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule LEDGER_HAS_NO_CLOCK_NO_CHANCE_AND_NO_FILES =
      noClasses()
          .that()
          .resideInAPackage(LEDGER)
          .should()
          .dependOnClassesThat(
              DescribedPredicate.describe(
                  "are clocks, randomness, threads or files",
                  (JavaClass used) ->
                      used.isEquivalentTo(Clock.class)
                          || used.isEquivalentTo(Random.class)
                          || used.getPackageName().startsWith("java.util.concurrent")
                          || used.getName().startsWith("java.io.File")
                          || used.getPackageName().startsWith("java.nio.file")
                          || used.getPackageName().startsWith("java.net")));

  @ArchTest
  static final ArchRule LEDGER_ASKS_NO_SYSTEM_TIME =
      noClasses()
          .that()
          .resideInAPackage(LEDGER)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Math.class, "random");

  @ArchTest
  static final ArchRule RUNTIME_KNOWS_NO_PROGRAM =
      noClasses()
          .that()
          .resideInAPackage(RUNTIME)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EDGE, GATEWAY, CLOUD, DEPLOY);

  @ArchTest
  static void programsDoNotKnowEachOther(JavaClasses classes) {
    noClasses()
        .that()
        .resideInAPackage(EDGE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(GATEWAY, CLOUD, DEPLOY)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(GATEWAY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(EDGE, CLOUD, DEPLOY)
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage(CLOUD)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(EDGE, GATEWAY, DEPLOY)
        .check(classes);
  }

  @ArchTest
  static final ArchRule THE_CORE_HAS_NO_CYCLES =
      slices().matching("io.tracegram.ledger.(*)..").should().beFreeOfCycles();
}
