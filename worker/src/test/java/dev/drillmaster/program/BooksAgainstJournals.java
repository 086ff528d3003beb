package dev.drillmaster.program;

import dev.drillmaster.injection.HealReport;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.journal.HostJournal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds the ledger against the journals of all hosts, once all is over: what is still open, what
 * one says and another does not, and what was done twice. Each is a sentence.
 */
final class BooksAgainstJournals {

  private final LedgerView ledger;
  private final Map<UUID, Entry> entries = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();

  /** An injection that a host was asked for. Without a spec it was only buried. */
  private record Entry(
      String host,
      Path directory,
      @Nullable InjectionSpec spec,
      boolean begun,
      @Nullable HealReport healed) {

    FileTime intended() throws IOException {
      return Files.getLastModifiedTime(directory.resolve("intent.json"));
    }

    FileTime closed() throws IOException {
      return Files.getLastModifiedTime(directory.resolve("healed.json"));
    }
  }

  /** Reads all journals now. */
  BooksAgainstJournals(LedgerView ledger, List<FaultWatch.Site> sites) throws IOException {
    this.ledger = ledger;
    for (FaultWatch.Site site : sites) {
      read(site);
    }
  }

  private void read(FaultWatch.Site site) throws IOException {
    Path injections = site.journal().resolve("injections");
    HostJournal journal = new HostJournal(site.journal());
    try (DirectoryStream<Path> all = Files.newDirectoryStream(injections)) {
      for (Path each : all) {
        UUID id = UUID.fromString(each.getFileName().toString());
        Optional<InjectionSpec> spec = journal.intent(id);
        Entry entry =
            new Entry(
                site.host(),
                each,
                spec.orElse(null),
                journal.begun(id),
                journal.healed(id).orElse(null));
        if (entries.put(id, entry) != null) {
          wrong.add("injection " + id + " is in two journals");
        }
      }
    }
  }

  /** How many injections were begun. */
  int begun() {
    return (int) entries.values().stream().filter(Entry::begun).count();
  }

  /** What is not over: it may be a moment later. */
  List<String> open() throws IOException, SQLException {
    List<String> open = new ArrayList<>();
    entries.forEach(
        (id, entry) -> {
          if (entry.healed() == null && (entry.spec() != null || entry.begun())) {
            open.add("injection " + id + " is open in the journal of " + entry.host());
          }
        });
    open.addAll(
        column(
            "SELECT 'run ' || workflow_id || ' is open' FROM ledger.run WHERE ended_at IS NULL",
            "SELECT 'injection ' || injection_id || ' is ' || state FROM ledger.injection"
                + " WHERE state NOT IN ('healed', 'never-injected')",
            "SELECT 'compensation of ' || run_id || ' is ' || state || ': ' || detail"
                + " FROM ledger.compensation WHERE state NOT IN ('done', 'not-needed')",
            "SELECT 'permit of ' || workflow_id || ' is ' || state FROM ledger.permit"
                + " WHERE state NOT IN ('released', 'refused')"));
    return open;
  }

  /** What was done twice, or is told differently in two places. */
  List<String> contradictions() throws IOException, SQLException {
    ledger.unaudited().forEach(table -> wrong.add("a row of " + table + " has no audit row"));
    wrong.addAll(
        column(
            "SELECT 'injection ' || (payload->>'injectionId') || ' took effect ' || count(*) || ' times, say the books'"
                + " FROM ledger.audit_event WHERE kind = 'fault-injected'"
                + " GROUP BY payload->>'injectionId' HAVING count(*) > 1"));
    compare();
    for (Map.Entry<UUID, Entry> entry : entries.entrySet()) {
      armedOnce(entry.getKey(), entry.getValue());
    }
    oneAtATime();
    return wrong;
  }

  private void compare() throws IOException, SQLException {
    Map<UUID, String> books = new HashMap<>();
    for (String row :
        column(
            "SELECT injection_id || ' ' || state || ' by ' || coalesce(healed_by, 'nobody')"
                + " FROM ledger.injection")) {
      books.put(UUID.fromString(row.substring(0, 36)), row.substring(37));
    }
    books.forEach(
        (id, said) -> {
          String found = says(entries.get(id));
          if (!said.equals(found) && !(said.startsWith("never-injected") && found.isEmpty())) {
            wrong.add("injection " + id + " is " + said + ", and its journal says " + found);
          }
        });
    entries.forEach(
        (id, entry) -> {
          if (entry.begun() && !books.containsKey(id)) {
            wrong.add("injection " + id + " of " + entry.host() + " is not in the ledger");
          }
        });
  }

  private static String says(@Nullable Entry entry) {
    if (entry == null) {
      return "";
    }
    @Nullable HealReport healed = entry.healed();
    if (healed == null || !healed.verified()) {
      return "open";
    }
    return (healed.everInjected() ? "healed" : "never-injected") + " by " + healed.by();
  }

  /** Whoever injects arms a watchdog first, and each says so once. */
  private void armedOnce(UUID id, Entry entry) throws IOException {
    Path log = entry.directory().resolve("watchdog.log");
    if (Files.exists(log)) {
      long armed =
          Files.readAllLines(log).stream().filter(line -> line.contains("armed with")).count();
      if (armed > 1) {
        wrong.add("injection " + id + " was armed " + armed + " times");
      }
    }
  }

  /** By the times of their files: the intent of the next comes after the end of the one before. */
  private void oneAtATime() throws IOException {
    Map<String, List<Entry>> byTarget = new HashMap<>();
    for (Entry entry : entries.values()) {
      if (entry.spec() != null && entry.healed() != null) {
        String target = entry.host() + "/" + entry.spec().target();
        byTarget.computeIfAbsent(target, first -> new ArrayList<>()).add(entry);
      }
    }
    for (Map.Entry<String, List<Entry>> target : byTarget.entrySet()) {
      oneAtATime(target.getKey(), target.getValue());
    }
  }

  private void oneAtATime(String target, List<Entry> injections) throws IOException {
    Map<Entry, FileTime> intended = new HashMap<>();
    for (Entry entry : injections) {
      intended.put(entry, entry.intended());
    }
    injections.sort(Comparator.comparing(intended::get));
    for (int next = 1; next < injections.size(); next++) {
      Entry before = injections.get(next - 1);
      if (before.closed().compareTo(intended.get(injections.get(next))) > 0) {
        wrong.add(
            "two injections were open on %s at once: %s and %s"
                .formatted(
                    target,
                    before.directory().getFileName(),
                    injections.get(next).directory().getFileName()));
      }
    }
  }

  private List<String> column(String... queries) throws IOException, SQLException {
    List<String> rows = new ArrayList<>();
    for (String query : queries) {
      rows.addAll(ledger.column(query));
    }
    return rows;
  }
}
