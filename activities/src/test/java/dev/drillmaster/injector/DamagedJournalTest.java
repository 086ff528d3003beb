package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.Fault;
import dev.drillmaster.fault.ProcessTreeFailure;
import dev.drillmaster.fault.ProcessTreeFailure.Mode;
import dev.drillmaster.injection.HealAllReport;
import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal that is full, damaged or newer: healing goes on, injecting is refused. */
@Tag("lab")
@Timeout(60)
final class DamagedJournalTest {

  private static final Fault FREEZE = new ProcessTreeFailure(Mode.FREEZE);

  /** No file can grow in this process: each write to a file fails, as on a full disk. */
  private static final List<String> FULL = List.of("sh", "-c", "ulimit -f 0; exec \"$@\"", "sh");

  ServiceLab lab;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException, InterruptedException {
    lab = new ServiceLab(directory);
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    lab.close();
  }

  @Test
  void onAFullDiskNothingIsInjected() throws Exception {
    Process full = lab.process(FULL, "inject", ServiceLab.spec(FREEZE));
    assertThat(lab.line(full)).startsWith("refused: ").contains("intent cannot be written");
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.open()).isEmpty();
  }

  @Test
  void onAFullDiskHealingGoesOn() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    Process full = lab.process(FULL, "heal", spec);
    assertThat(lab.line(full)).isEqualTo("ready");
    full.getOutputStream().write(1);
    full.getOutputStream().flush();
    HealReport report = Wire.json().readValue(lab.line(full), HealReport.class);
    assertThat(report.verified()).isTrue();
    assertThat(lab.serves()).isTrue();
    assertThat(lab.journal.over(spec.id())).isTrue();
    // The report had no room, so the injection counts as open until somebody could write it.
    assertThat(lab.journal.open()).hasSize(1);
    assertThatThrownBy(() -> injections.prepare(ServiceLab.spec(FREEZE)))
        .isInstanceOf(RefusedException.class);
    assertThat(injections.healAll("reaper").healed()).containsKey(spec.id());
    assertThat(lab.journal.open()).isEmpty();
  }

  @Test
  void anUnreadableIntentIsReportedAndTheOthersAreHealed() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    UUID damaged = UUID.randomUUID();
    Path entry =
        Files.createDirectories(
            lab.journal.directory().resolve("injections").resolve(damaged.toString()));
    Files.writeString(entry.resolve("intent.json"), "{\"fault\":{\"mech");

    HealAllReport report = injections.healAll("reaper");
    assertThat(report.healed()).containsOnlyKeys(spec.id());
    assertThat(report.failed()).containsOnlyKeys(damaged);
    assertThat(lab.serves()).isTrue();
    assertThatThrownBy(() -> injections.inject(ServiceLab.spec(FREEZE), () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(damaged.toString());
  }

  @Test
  void aNewerJournalIsHealedFromButNotAddedTo() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    Files.writeString(lab.journal.directory().resolve("journal.json"), "{\"format\":2}");
    assertThatThrownBy(() -> injections.inject(ServiceLab.spec(FREEZE), () -> {}))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("format version 2");
    assertThat(injections.heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aTargetWhoseDefinitionIsGoneIsHealedFromTheUndoRecord() throws Exception {
    InjectionSpec spec = ServiceLab.spec(FREEZE);
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    Files.delete(lab.targets.directory().resolve(ServiceLab.TARGET + ".json"));
    assertThat(injections.heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aServiceThatCannotBeStartedIsNotCalledHealed() throws Exception {
    InjectionSpec spec = ServiceLab.spec(new ProcessTreeFailure(Mode.KILL));
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    Files.delete(lab.targets.directory().resolve(ServiceLab.TARGET + ".json"));
    assertThatThrownBy(() -> injections.heal(spec, "workflow"))
        .hasMessageContaining("is not defined on this host any more");
    assertThat(lab.journal.open()).hasSize(1);
    assertThat(lab.journal.watchdog(spec.id()).orElseThrow().isRunning()).isTrue();
    lab.define();
    assertThat(injections.heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }
}
