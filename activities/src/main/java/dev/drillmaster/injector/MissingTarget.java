package dev.drillmaster.injector;

import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.target.ServiceTarget;
import dev.drillmaster.target.Writable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A target whose definition was taken away while a fault was on it. What an injector can heal from
 * its undo record alone is healed; anything that would have to ask the target fails, saying why.
 *
 * @param name the target's name
 */
record MissingTarget(String name) implements ServiceTarget {

  @Override
  public String description() {
    return name + ", which this host no longer defines";
  }

  @Override
  public ProcessTree tree() {
    throw new UncheckedIOException(undefined());
  }

  @Override
  public void start() throws IOException {
    throw undefined();
  }

  @Override
  public boolean awaitServing(Duration limit) throws IOException {
    throw undefined();
  }

  @Override
  public Writable writable() {
    return Writable.UNKNOWN;
  }

  private IOException undefined() {
    return new IOException(
        "target " + name + " is not defined on this host any more: put its definition back");
  }
}
