package dev.drillmaster.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.temporal.activity.ActivityInterface;
import io.temporal.workflow.WorkflowInterface;

/** The rules of the house that the module graph does not keep by itself. */
@ArchTag("pure")
@AnalyzeClasses(packages = "dev.drillmaster", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

  private static final String[] WORKFLOWS = {
    "dev.drillmaster.fault..",
    "dev.drillmaster.steadystate..",
    "dev.drillmaster.verdict..",
    "dev.drillmaster.audit..",
    "dev.drillmaster.injection..",
    "dev.drillmaster.agent..",
    "dev.drillmaster.drill..",
    "dev.drillmaster.campaign..",
    "dev.drillmaster.reaper..",
    "dev.drillmaster.guard..",
    "dev.drillmaster.stop.."
  };

  @ArchTest
  static final ArchRule workflowsCannotReachTheWorld =
      noClasses()
          .that()
          .resideInAnyPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.nio.file..",
              "java.net..",
              "java.sql..",
              "javax.sql..",
              "org.jooq..")
          .because("a workflow decides and must replay; what reaches the world is an activity");

  @ArchTest
  static final ArchRule workflowsHaveNoClockOfTheirOwn =
      noClasses()
          .that()
          .resideInAnyPackage(WORKFLOWS)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(java.time.LocalDate.class, "now")
          .because("time read from the machine differs on replay; use Books.now()");

  @ArchTest
  static final ArchRule workflowsHaveNoChanceAndNoThreads =
      noClasses()
          .that()
          .resideInAnyPackage(WORKFLOWS)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              Thread.class,
              java.util.Random.class,
              java.security.SecureRandom.class,
              java.util.concurrent.ExecutorService.class)
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because("chance and threads differ on replay; identifiers are computed by NamedId");

  @ArchTest
  static final ArchRule injectorsNeverSeeTheLedger =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.drillmaster.injector..",
              "dev.drillmaster.journal..",
              "dev.drillmaster.watchdog..",
              "dev.drillmaster.policy..",
              "dev.drillmaster.target..",
              "dev.drillmaster.network..",
              "dev.drillmaster.process..",
              "dev.drillmaster.postgres..",
              "dev.drillmaster.proxy..",
              "dev.drillmaster.drillproxy..",
              "dev.drillmaster.system..",
              "dev.drillmaster.step..",
              "dev.drillmaster.prober..",
              "dev.drillmaster.host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.drillmaster.ledger..", "dev.drillmaster.schema..")
          .because("a host heals without a database, and an agent has no database credentials");

  @ArchTest
  static final ArchRule theLedgerNeverSeesATarget =
      noClasses()
          .that()
          .resideInAPackage("dev.drillmaster.ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drillmaster.injector..",
              "dev.drillmaster.target..",
              "dev.drillmaster.network..",
              "dev.drillmaster.journal..",
              "dev.drillmaster.postgres..",
              "dev.drillmaster.process..",
              "dev.drillmaster.system..",
              "dev.drillmaster.step..",
              "dev.drillmaster.host..")
          .because(
              "what writes the evidence must not be able to act on what the evidence is about");

  @ArchTest
  static final ArchRule faultsAreHealedWithoutStepsAndPlans =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.drillmaster.injector..",
              "dev.drillmaster.journal..",
              "dev.drillmaster.watchdog..",
              "dev.drillmaster.target..",
              "dev.drillmaster.network..",
              "dev.drillmaster.process..",
              "dev.drillmaster.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drillmaster.step..",
              "dev.drillmaster.system..",
              "dev.drillmaster.prober..",
              "dev.drillmaster.host..",
              "dev.drillmaster.drill..")
          .because("a watchdog heals from the host's journal alone, whatever becomes of a drill");

  @ArchTest
  static final ArchRule theLabIsNotNeededToDrill =
      noClasses()
          .that()
          .resideInAnyPackage("dev.drillmaster.orchestrator..", "dev.drillmaster.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.drillmaster.lab..", "dev.drillmaster.cli..")
          .because("other systems than the lab are drilled in the same way");

  @ArchTest
  static final ArchRule reportsComeFromTheLedgerAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.drillmaster.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drillmaster.cli..",
              "dev.drillmaster.lab..",
              "dev.drillmaster.program..",
              "dev.drillmaster.orchestrator..",
              "dev.drillmaster.injector..",
              "dev.drillmaster.measure..",
              "dev.drillmaster.step..",
              "java.net..")
          .because("a report says what was kept, and can be made when all else is gone");

  @ArchTest
  static final ArchRule jooqStaysInTheLedger =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.drillmaster.ledger..", "dev.drillmaster.schema..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jooq..", "dev.drillmaster.schema.tables..")
          .because("database records are no wire format; our own records are");

  @ArchTest
  static final ArchRule contractTypesArePublic =
      classes()
          .that()
          .areAnnotatedWith(ActivityInterface.class)
          .or()
          .areAnnotatedWith(WorkflowInterface.class)
          .should()
          .bePublic()
          .because(
              "Temporal's proxies cannot see a package-private type, and the workflow task would fail for ever");

  @ArchTest
  static final ArchRule packagesOfWorkflowsKeepTheirOrder =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.drillmaster.fault..",
              "dev.drillmaster.steadystate..",
              "dev.drillmaster.verdict..",
              "dev.drillmaster.audit..",
              "dev.drillmaster.guard..",
              "dev.drillmaster.injection..",
              "dev.drillmaster.agent..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.drillmaster.drill..",
              "dev.drillmaster.campaign..",
              "dev.drillmaster.stop..",
              "dev.drillmaster.wire..")
          .because("an injection is used by drills and experiments alike, and must not know them");

  @ArchTest
  static final ArchRule theInstrumentMeasuresOnOneMonotonicClock =
      noClasses()
          .that()
          .resideInAPackage("dev.drillmaster.measure..")
          .and()
          // Writes the time of day into the header, for people.
          .doNotHaveSimpleName("OpenLoop")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .because("a clock on the wall is set and jumps, also in the middle of an outage");

  @ArchTest
  static final ArchRule theSelftestIsNotPartOfWhatItTests =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.drillmaster.selftest..", "dev.drillmaster.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.drillmaster.selftest..")
          .because("an instrument that knows that it is tested is another one");
}
