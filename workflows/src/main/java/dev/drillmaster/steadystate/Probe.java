package dev.drillmaster.steadystate;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** A question to the system under test, with the answers that are tolerated. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "probe")
public sealed interface Probe permits TcpProbe, HttpProbe, SqlProbe {

  /** What is asked, for people and for the ledger. */
  String name();

  /** After this long the answer counts as missing. */
  Duration timeout();
}
