package dev.drillmaster.cli;

import dev.drillmaster.drill.DrillPlan;
import dev.drillmaster.drill.DrillStatus;
import dev.drillmaster.drill.DrillStatus.HeldFault;
import dev.drillmaster.drill.Roles;
import dev.drillmaster.measure.LoadStatus;
import dev.drillmaster.terminal.Glyphs;
import dev.drillmaster.terminal.Style;
import dev.drillmaster.terminal.StyledLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a run is just now, in a few lines: phase and time, step, what the service answered of late,
 * time without service, faults that are held. What matters most stands first in each line, since a
 * narrow terminal cuts its end.
 */
final class LiveBlock {

  private static final int LABEL = 10;
  private static final int WIDEST_RULE = 100;

  private final PlanSteps plan;
  private final @Nullable Duration objective;
  private final Instant startedAt;
  private final Glyphs glyphs;
  private final IntSupplier columns;
  private long longestOutage;

  /**
   * For one run.
   *
   * @param startedAt from where elapsed time counts
   * @param columns how wide the block may be, asked for each
   */
  LiveBlock(DrillPlan plan, Roles roles, Instant startedAt, Glyphs glyphs, IntSupplier columns) {
    this.plan = new PlanSteps(plan, roles);
    this.objective = plan.objectives().rto();
    this.startedAt = startedAt;
    this.glyphs = glyphs;
    this.columns = columns;
  }

  List<StyledLine> lines(ProgressText.Look now) {
    DrillStatus status = now.status();
    int width = columns.getAsInt();
    List<StyledLine> lines = new ArrayList<>();
    lines.add(new StyledLine().add(Style.DIM, glyphs.rule().repeat(Math.min(width, WIDEST_RULE))));
    lines.add(step(status, now.at()));
    LoadStatus load = now.load();
    if (load != null && !load.run().isEmpty()) {
      traffic(load, width, lines);
      lines.add(service(load));
    }
    status.held().forEach(fault -> lines.add(held(fault, now)));
    if (status.waiting() != null) {
      lines.add(labelled("waiting").add(Style.YELLOW, PlainText.oneLine(status.waiting())));
    }
    return lines;
  }

  private StyledLine step(DrillStatus status, Instant now) {
    StyledLine line = labelled(status.phase().replace("rolling back", "rollback"));
    line.add(Style.BOLD, seconds(Duration.between(startedAt, now).toMillis())).add("  ");
    boolean running = status.phase().equals("running") && !status.path().isEmpty();
    String doing = PlainText.oneLine(status.doing());
    return running
        ? line.add(status.path() + "  " + PlainText.oneLine(plan.does(status.path(), doing)))
        : line.add(doing);
  }

  /** The newest slices at the right, as many as there is room for; each is 100 ms. */
  private void traffic(LoadStatus load, int width, List<StyledLine> lines) {
    List<LoadStatus.Slice> strip = load.strip();
    int room = Math.max(1, width - LABEL);
    StyledLine bars = labelled("traffic");
    for (LoadStatus.Slice slice : strip.subList(Math.max(0, strip.size() - room), strip.size())) {
      bars.add(style(slice), bar(slice));
    }
    lines.add(bars);
    lines.add(
        labelled("")
            .add(Style.GREEN, load.ok() + " ok")
            .add(load.failed() + load.unknown() == 0 ? Style.DIM : Style.RED, failed(load))
            .add(Style.DIM, ", " + load.inFlight() + " under way"));
  }

  private static String failed(LoadStatus load) {
    return ", "
        + load.failed()
        + " failed"
        + (load.unknown() == 0 ? "" : ", " + load.unknown() + " unknown");
  }

  private static Style style(LoadStatus.Slice slice) {
    if (slice.failed() == 0) {
      return slice.ok() == 0 ? Style.DIM : Style.GREEN;
    }
    return slice.ok() == 0 ? Style.RED : Style.YELLOW;
  }

  /** By its height, too, for those who do not see its colour. */
  private String bar(LoadStatus.Slice slice) {
    int all = slice.ok() + slice.failed();
    return all == 0 ? " " : glyphs.bar((double) slice.ok() / all);
  }

  private StyledLine service(LoadStatus load) {
    StyledLine line = labelled("service");
    longestOutage = Math.max(longestOutage, load.currentOutageMillis());
    if (!load.lost().isEmpty()) {
      return line.add(Style.ALARM, "not measured: ").add(PlainText.oneLine(load.lost()));
    }
    if (load.ended()) {
      return line.add(Style.DIM, "the load has ended");
    }
    if (LoadChanges.isOut(load)) {
      return out(line, load.currentOutageMillis());
    }
    if (longestOutage >= LoadChanges.OUTAGE_MILLIS) {
      return line.add(Style.GREEN, "back")
          .add(", was out for " + seconds(longestOutage) + " at least");
    }
    return line.add(Style.GREEN, "up").add(", no outage so far");
  }

  private StyledLine out(StyledLine line, long millis) {
    line.add(Style.ALARM, "OUT " + seconds(millis));
    if (objective == null) {
      return line.add(" without service");
    }
    String allowed = seconds(objective.toMillis());
    return millis > objective.toMillis()
        ? line.add(Style.ALARM, ", over the objective of " + allowed)
        : line.add(", objective " + allowed);
  }

  /** First the lease, which is how long the fault would live if this program died now. */
  private static StyledLine held(HeldFault fault, ProgressText.Look now) {
    StyledLine line = labelled("fault");
    Duration lease = now.leases().get(fault.id());
    if (lease != null) {
      line.add("lease ").add(Style.YELLOW, seconds(lease.toMillis())).add(", ");
    }
    long left = Duration.between(now.at(), fault.latestEnd()).toMillis();
    String until =
        left <= 0 ? "over by now" : String.format(Locale.ROOT, "over in %d s", (left + 999) / 1000);
    return line.add(Style.YELLOW, until)
        .add(left <= 0 ? ": " : " at the latest: ")
        .add(PlainText.oneLine(fault.effect() + " of " + fault.target()));
  }

  private static StyledLine labelled(String label) {
    String shown = label.length() < LABEL ? label : label.substring(0, LABEL - 1);
    return new StyledLine().add(Style.DIM, String.format(Locale.ROOT, "%-" + LABEL + "s", shown));
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
