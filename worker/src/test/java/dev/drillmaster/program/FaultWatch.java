package dev.drillmaster.program;

import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import dev.drillmaster.process.Poll;
import dev.drillmaster.process.ProcessId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks all the time, from outside, at what faults do: at the files of each host's journal and at
 * the processes of its targets in /proc. Whatever it sees that must never be is a violation: an
 * effect that no open injection explains, one that comes a second time, a fault that lives beyond
 * its latest end.
 */
final class FaultWatch implements AutoCloseable {

  private static final long PAUSE_MILLIS = 20;
  private static final Duration A_LOOK = Duration.ofSeconds(10);

  /**
   * A host.
   *
   * @param targets the working directories of its targets, by their names
   * @param downIsAnEffect whether a target that has no process shows a fault; not where somebody
   *     else may stop it, as the steps of a failover do
   */
  record Site(String host, Path journal, Map<String, Path> targets, boolean downIsAnEffect) {}

  /** What is seen of the processes of a target. */
  private record Sight(int members, int frozen) {
    private static final Sight NOTHING = new Sight(0, 0);

    Sight and(ProcessId process) {
      return new Sight(members + 1, frozen + (process.isFrozen() ? 1 : 0));
    }
  }

  private final List<Site> sites;
  private final Map<UUID, WatchedFault> open = new LinkedHashMap<>();
  private final Set<UUID> known = new HashSet<>();
  private final Map<String, String> violations = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::watch, "fault-watch");
  private volatile boolean closed;
  private volatile long lookBegan;
  private volatile Duration longestGap = Duration.ZERO;

  FaultWatch(List<Site> sites) throws IOException, InterruptedException {
    this.sites = sites;
    thread.setDaemon(true);
    thread.start();
    awaitLook();
  }

  private void watch() {
    try {
      while (!closed) {
        long begun = System.nanoTime();
        look();
        note(begun);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | InterruptedException | RuntimeException broken) {
      violate("watch", "nobody watches any more: " + broken);
    }
  }

  private void note(long begun) {
    Duration gap = lookBegan == 0 ? Duration.ZERO : Duration.ofNanos(begun - lookBegan);
    longestGap = gap.compareTo(longestGap) > 0 ? gap : longestGap;
    lookBegan = begun;
  }

  private synchronized void look() throws IOException {
    // Processes first: an effect that is seen was preceded by the file that explains it.
    Map<Path, Sight> sights = sights();
    long now = System.nanoTime();
    for (Site site : sites) {
      discover(site);
    }
    for (WatchedFault fault : open.values()) {
      fault.readJournal(now);
    }
    for (Site site : sites) {
      for (Map.Entry<String, Path> target : site.targets().entrySet()) {
        Sight sight = sights.getOrDefault(target.getValue(), Sight.NOTHING);
        judge(site, target.getKey(), sight, now);
      }
    }
    open.values().removeIf(fault -> fault.over() || (fault.closed() && !fault.begun()));
    for (WatchedFault fault : open.values()) {
      if (fault.begun() && now > fault.latest()) {
        violate(fault, "lives beyond its latest end: " + fault.inFull());
      }
    }
  }

  /**
   * Looks a second time for what seems to have no process: a list of processes is not of one
   * instant, so that it can miss a child whose pid, after they began anew, is lower than that of
   * its parent, which was killed just then.
   */
  private Map<Path, Sight> sights() throws IOException {
    Set<Path> wanted = new HashSet<>();
    sites.forEach(site -> wanted.addAll(site.targets().values()));
    Map<Path, Sight> sights = sights(wanted);
    wanted.removeAll(sights.keySet());
    if (!wanted.isEmpty()) {
      sights.putAll(sights(wanted));
    }
    return sights;
  }

  private static Map<Path, Sight> sights(Set<Path> wanted) throws IOException {
    Map<Path, Sight> sights = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        Path directory = workingDirectory(process);
        if (wanted.contains(directory)) {
          ProcessId.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(
                  id ->
                      sights.compute(
                          directory, (at, seen) -> (seen == null ? Sight.NOTHING : seen).and(id)));
        }
      }
    }
    return sights;
  }

  private static Path workingDirectory(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd"));
    } catch (IOException gone) {
      return Path.of("");
    }
  }

  private void discover(Site site) throws IOException {
    Path injections = site.journal().resolve("injections");
    if (!Files.isDirectory(injections)) {
      return;
    }
    HostJournal journal = new HostJournal(site.journal());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(injections, "????????-*")) {
      for (Path entry : entries) {
        UUID id = UUID.fromString(entry.getFileName().toString());
        if (!known.contains(id)) {
          Optional<InjectionSpec> intent = journal.intent(id);
          intent.ifPresent(spec -> open.put(id, new WatchedFault(journal, spec)));
          intent.ifPresent(spec -> known.add(id));
        }
      }
    }
  }

  private void judge(Site site, String target, Sight sight, long now) throws IOException {
    List<WatchedFault> begun =
        open.values().stream()
            .filter(fault -> fault.isOn(site.host(), target) && fault.begun())
            .toList();
    boolean frozen = sight.frozen() > 0;
    boolean down = site.downIsAnEffect() && sight.members() == 0;
    @Nullable WatchedFault cause =
        (frozen || down) && !begun.isEmpty() ? begun.get(begun.size() - 1) : null;
    for (WatchedFault fault : begun) {
      if (fault != cause) {
        fault.notSeen(now);
      }
    }
    if (cause != null) {
      explain(cause, frozen, now);
    } else if (frozen || down) {
      violate(site.host() + target, site.host() + "/" + target + " shows a fault: " + sight);
    }
  }

  private void explain(WatchedFault cause, boolean frozen, long now) throws IOException {
    Optional<String> wrong = cause.seen(now);
    if (wrong.isPresent()) {
      violate(cause, wrong.get() + ": " + cause.inFull());
    } else if (frozen != cause.freezes()) {
      violate(cause, (frozen ? "has frozen processes: " : "has no process: ") + cause.inFull());
    }
  }

  private void violate(WatchedFault fault, String what) {
    violate(fault.spec().id().toString(), fault + " " + what);
  }

  /** The first of each is kept; the rest would be the same again. */
  private synchronized void violate(String about, String what) {
    violations.putIfAbsent(about, what);
  }

  /** What was seen so far that must never be. */
  synchronized List<String> violations() {
    return List.copyOf(violations.values());
  }

  /** Faults whose target may have been changed, and that are not over. */
  synchronized List<WatchedFault> inForce() {
    return open.values().stream().filter(WatchedFault::begun).toList();
  }

  /** Whether anything is being injected, in force or being healed. */
  synchronized boolean anyUnderWay() {
    return open.values().stream().anyMatch(fault -> !fault.closed());
  }

  /** Returns when everything of this moment was looked at. */
  void awaitLook() throws IOException, InterruptedException {
    long asked = System.nanoTime();
    if (!Poll.until(A_LOOK, () -> lookBegan > asked || !thread.isAlive())) {
      throw new IOException("the watch hangs");
    }
  }

  /** The longest time between two looks. */
  Duration longestGap() {
    return longestGap;
  }

  /** It ends with its present look. */
  @Override
  public void close() {
    closed = true;
  }
}
