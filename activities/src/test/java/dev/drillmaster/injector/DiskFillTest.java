package dev.drillmaster.injector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drillmaster.fault.DiskFill;
import dev.drillmaster.fault.Fault;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.process.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
final class DiskFillTest extends InjectorContract<DiskLab> {

  private static final int PAGE = 4096;
  private static final long LEFT = (long) DiskLab.LEAVE * DiskLab.MEGABYTE;

  @Override
  DiskLab start(Path made) throws IOException, InterruptedException {
    return new DiskLab(made);
  }

  @Override
  Fault fault() {
    return new DiskFill(null);
  }

  @Override
  boolean armed(InjectionSpec spec) throws IOException {
    return lab.watchdogRuns(spec);
  }

  @Override
  Object untouched() throws IOException {
    try (Stream<Path> files = Files.walk(lab.disk)) {
      return List.of(files.sorted().toList(), lab.usable());
    }
  }

  @Override
  boolean effectSeen() {
    return lab.complaint().contains("No space left on device");
  }

  private Path own(InjectionSpec spec) {
    return lab.room.resolve("drillmaster-" + spec.id());
  }

  @Test
  void whatMustBeLeftIsLeftToTheLastPage() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    assertThat(lab.usable()).isEqualTo(LEFT);
    lab.write("all that is left", (int) LEFT);
    assertThatThrownBy(() -> lab.write("more", 1)).hasMessageContaining("No space left");
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.disk.resolve("all that is left")).hasSize(LEFT);
    assertThat(lab.room).isEmptyDirectory();
  }

  @Test
  void soManyMegabytesAreTakenAndNoMore() throws Exception {
    InjectionSpec spec = HostLab.spec(new DiskFill(5));
    long before = lab.usable();
    lab.injections().inject(spec, () -> {});
    assertThat(before - lab.usable()).isEqualTo(5L * DiskLab.MEGABYTE);
    lab.injections().heal(spec, "workflow");
    assertThat(lab.usable()).isEqualTo(before);
  }

  @Test
  void filesOfOthersSurvive() throws Exception {
    Path ofAnother = Files.createDirectory(lab.room.resolve("drillmaster-of-another"));
    Files.write(ofAnother.resolve("fill"), new byte[PAGE]);
    Path theirs = Files.write(lab.room.resolve("theirs"), new byte[PAGE]);
    Object before = untouched();
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    lab.injections().heal(spec, "workflow");
    assertThat(untouched()).isEqualTo(before);
    assertThat(theirs).hasSize(PAGE);
  }

  @Test
  void whatOthersTakeBeforeIsNotTakenToo() throws Exception {
    InjectionSpec spec = HostLab.spec(new DiskFill(10));
    InjectionListener takes =
        new InjectionListener() {
          @Override
          public void beforeInject(InjectionSpec about) {
            try {
              lab.write("theirs", 8 * DiskLab.MEGABYTE);
            } catch (IOException full) {
              throw new UncheckedIOException(full);
            }
          }
        };
    assertThatThrownBy(() -> lab.injections(takes).inject(spec, () -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("only 7 of 10 MB");
    assertThat(lab.disk.resolve("theirs")).hasSize(8L * DiskLab.MEGABYTE);
    assertThat(lab.room).isEmptyDirectory();
    assertThat(lab.journal.healed(spec.id()).orElseThrow().verified()).isTrue();
  }

  /** What others take at the very moment cannot be left to them, but it is given back. */
  @Test
  void whatWasTakenTooMuchIsGivenBack() throws Exception {
    HostLimits before = HostLimits.require(lab.targets.find(HostLab.TARGET).orElseThrow());
    Filling filling = new Filling(lab.room.resolve("fill"), before);
    long taken = filling.fill(20 * DiskLab.MEGABYTE);
    assertThat(taken).isEqualTo(15L * DiskLab.MEGABYTE);
    assertThat(lab.usable()).isEqualTo(LEFT);
    lab.define(64, 7);
    HostLimits tighter = HostLimits.require(lab.targets.find(HostLab.TARGET).orElseThrow());
    long kept = new Filling(lab.room.resolve("fill"), tighter).giveBack(taken, PAGE);
    assertThat(kept).isEqualTo(9L * DiskLab.MEGABYTE);
    assertThat(lab.usable()).isEqualTo(7L * DiskLab.MEGABYTE);
  }

  @Test
  void anInjectThatWasCutInTheMiddleIsHealed() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.journal.intend(spec);
    long device = (Long) Files.getAttribute(lab.room, "unix:dev");
    lab.journal.writeUndo(spec.id(), new DiskFillUndo(own(spec), device, 0, false));
    lab.journal.begin(spec.id());
    Files.createDirectory(own(spec));
    DiskLab.run("fallocate", "-l", "15m", own(spec).resolve("fill").toString());
    assertThat(effectSeen()).isTrue();
    assertThat(lab.injections().heal(spec, "reaper").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aFileThatSomebodyHasDeletedEndsTheHold() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    HostInjections injections = lab.injections();
    injections.inject(spec, () -> {});
    FileTree.delete(own(spec));
    assertThat(injections.hold(spec, () -> {}).endedBy()).contains("its file is not there");
    assertThat(lab.journal.healed(spec.id()).orElseThrow().by()).isEqualTo("holder");
  }

  @Test
  void theSpaceIsFreeAlthoughSomebodyHasTheFileOpen() throws Exception {
    InjectionSpec spec = HostLab.spec(fault());
    lab.injections().inject(spec, () -> {});
    try (InputStream reading = Files.newInputStream(own(spec).resolve("fill"))) {
      assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
      assertThat(lab.serves()).isTrue();
      assertThat(reading.read()).isEqualTo(-1);
    }
  }

  /** Else the file would be back with its disk, and nobody would know. */
  @Test
  void aDiskThatIsAwayIsHealedWhenItIsBack() throws Exception {
    InjectionSpec spec = HostLab.spec(fault(), Duration.ofSeconds(30), Duration.ofMinutes(1));
    lab.injections().inject(spec, () -> {});
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    lab.mount(elsewhere, "--bind", lab.disk.toString(), elsewhere.toString());
    lab.unmount(lab.disk);
    assertThatThrownBy(() -> lab.injections().heal(spec, "workflow"))
        .isInstanceOf(NotHealedException.class)
        .hasMessageContaining("mount it");
    lab.mount(lab.disk, "--bind", elsewhere.toString(), lab.disk.toString());
    assertThat(effectSeen()).isTrue();
    assertThat(lab.injections().heal(spec, "workflow").verified()).isTrue();
    assertThat(lab.serves()).isTrue();
  }

  @Test
  void aDiskWithLessThanMustBeLeftIsRefused() throws Exception {
    lab.write("theirs", 15 * DiskLab.MEGABYTE + PAGE);
    assertRefused(fault(), "would have 0 MB of space on the disk left");
    assertRefused(new DiskFill(1), "leaveDiskMegabytes: 1");
  }

  @Test
  void moreThanTheHostAllowsIsRefused() throws Exception {
    lab.define(10, DiskLab.LEAVE);
    assertRefused(new DiskFill(11), "allows 10 MB of disk, not 11: \"maxDiskMegabytes: 11\"");
    assertRefused(fault(), "allows 10 MB of disk, not 15: \"maxDiskMegabytes: 15\"");
  }

  @Test
  void aDirectoryThatTakesNoFilesIsRefused() throws Exception {
    DiskLab.run("mount", "-o", "remount,ro", lab.disk.toString());
    assertRefused(fault(), "may not write to directory " + lab.room);
  }

  private void assertRefused(Fault refused, String why) {
    assertThatThrownBy(() -> lab.injections().prepare(HostLab.spec(refused)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }
}
