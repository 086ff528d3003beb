package dev.drillmaster.injector;

import dev.drillmaster.proxy.ProxyControl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deadline of a rule, kept by the drill proxy. */
final class RuleLease implements Lease {

  private static final Logger LOG = LoggerFactory.getLogger(RuleLease.class);

  private final Path proxy;
  private final UUID rule;
  private final Duration length;
  private final long armed = System.nanoTime();
  private volatile long renewed = armed;

  RuleLease(Path proxy, UUID rule, Duration length) {
    this.proxy = proxy;
    this.rule = rule;
    this.length = length;
  }

  @Override
  public boolean renew() {
    try {
      boolean alive = ProxyControl.in(proxy).renew(rule);
      if (alive) {
        renewed = System.nanoTime();
      }
      return alive;
    } catch (IOException gone) {
      LOG.warn("rule {} cannot be renewed", rule, gone);
      return false;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - armed);
  }

  @Override
  public Duration sinceRenewal() {
    return Duration.ofNanos(System.nanoTime() - renewed);
  }

  @Override
  public Duration left() {
    Duration left = length.minus(sinceRenewal());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Nothing: without renewal the proxy ends it. */
  @Override
  public void close() {}
}
