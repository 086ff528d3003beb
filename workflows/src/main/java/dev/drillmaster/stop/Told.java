package dev.drillmaster.stop;

import java.util.List;

/**
 * Who was told to stop.
 *
 * @param told runs and campaigns that have taken the signal
 * @param gone those that were over already, or that the server does not know
 */
public record Told(List<String> told, List<String> gone) {

  public Told {
    told = List.copyOf(told);
    gone = List.copyOf(gone);
  }
}
