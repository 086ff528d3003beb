package dev.drillmaster.tier;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts the tests of one class while they run. */
final class Tally {

  private final String name;
  private final String tier;
  private final long begin = System.nanoTime();
  private final Set<String> reasons = new LinkedHashSet<>();
  private long passed;
  private long failed;
  private long skipped;

  Tally(String name, String tier) {
    this.name = name;
    this.tier = tier;
  }

  void passed() {
    passed++;
  }

  void failed() {
    failed++;
  }

  void skipped(long tests, String reason) {
    skipped += tests;
    reasons.add(reason);
  }

  ClassResult result() {
    List<String> why = new ArrayList<>(reasons);
    long milliseconds = (System.nanoTime() - begin) / 1_000_000;
    return new ClassResult(name, tier, passed, failed, skipped, milliseconds, why);
  }
}
