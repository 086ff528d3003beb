package dev.drillmaster.tier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes what became of each test class into the module's {@link ResultFile}. The build names it:
 * outside of a build (in an editor) nothing is written. When tests of a module fail, the build ends
 * there, and what is known until then is printed.
 */
public final class TierListener implements TestExecutionListener {

  private final @Nullable ResultFile file;
  private final Consumer<TierSummary> printer;
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Set<String> ended = new HashSet<>();
  private @Nullable TestPlan plan;
  private boolean anyFailed;

  /** For JUnit, which finds this class by its service file. */
  public TierListener() {
    this(fileOfTheBuild(), TierSummary::print);
  }

  TierListener(@Nullable ResultFile file, Consumer<TierSummary> printer) {
    this.file = file;
    this.printer = printer;
  }

  private static @Nullable ResultFile fileOfTheBuild() {
    String path = System.getProperty("drillmaster.tiers.file", "");
    String build = System.getProperty("drillmaster.tiers.build", "");
    return path.isEmpty() || build.isEmpty() ? null : new ResultFile(Path.of(path), build);
  }

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan started) {
    plan = started;
  }

  @Override
  public synchronized void executionStarted(TestIdentifier test) {
    if (isOuterClass(test)) {
      tally(test);
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    outerClass(test)
        .ifPresent(outer -> tally(outer).skipped(Math.max(1, notEndedBelow(test)), reason));
    close(test);
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    ended.add(test.getUniqueId());
    outerClass(test).ifPresent(outer -> count(tally(outer), test, result));
    close(test);
  }

  private void count(Tally tally, TestIdentifier test, TestExecutionResult result) {
    switch (result.getStatus()) {
      case SUCCESSFUL -> {
        if (test.isTest()) {
          tally.passed();
        }
      }
      case FAILED -> {
        anyFailed = true;
        tally.failed();
      }
      case ABORTED -> {
        String reason = result.getThrowable().map(Throwable::getMessage).orElse("no reason given");
        tally.skipped(test.isTest() ? 1 : notEndedBelow(test), reason);
      }
    }
  }

  /** Tests that never run, because something around them was skipped. */
  private long notEndedBelow(TestIdentifier test) {
    return plan == null
        ? 0
        : plan.getDescendants(test).stream()
            .filter(each -> each.isTest() && !ended.contains(each.getUniqueId()))
            .count();
  }

  private Tally tally(TestIdentifier outer) {
    return tallies.computeIfAbsent(
        outer.getUniqueId(), id -> new Tally(className(outer).orElse(id), tier(outer)));
  }

  private void close(TestIdentifier test) {
    Tally tally = isOuterClass(test) ? tallies.remove(test.getUniqueId()) : null;
    if (tally == null || file == null) {
      return;
    }
    try {
      file.append(tally.result());
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String tier(TestIdentifier outer) {
    return outer.getTags().stream()
        .map(TestTag::getName)
        .filter(Tier.NAMES::contains)
        .findFirst()
        .orElseThrow();
  }

  private Optional<TestIdentifier> outerClass(TestIdentifier test) {
    for (Optional<TestIdentifier> each = Optional.of(test); each.isPresent(); each = parent(each)) {
      if (isOuterClass(each.get())) {
        return each;
      }
    }
    return Optional.empty();
  }

  private boolean isOuterClass(TestIdentifier test) {
    return className(test).isPresent()
        && parent(Optional.of(test)).flatMap(TierListener::className).isEmpty();
  }

  private Optional<TestIdentifier> parent(Optional<TestIdentifier> test) {
    TestPlan current = plan;
    return current == null ? Optional.empty() : test.flatMap(current::getParent);
  }

  private static Optional<String> className(TestIdentifier test) {
    return test.getSource()
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getClassName());
  }

  @Override
  public synchronized void testPlanExecutionFinished(TestPlan finished) {
    if (anyFailed && file != null) {
      Path root = file.file().toAbsolutePath().resolve("../../..").normalize();
      try {
        printer.accept(TierSummary.of(ResultFile.resultsBelow(root, file.build())));
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
