package dev.drillmaster.injector;

import dev.drillmaster.proxy.ProxyControl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deadline of a rule, kept by the drill proxy. */
final class RuleLease extends TargetLease {

  private static final Logger LOG = LoggerFactory.getLogger(RuleLease.class);

  private final Path proxy;
  private final UUID rule;

  RuleLease(Path proxy, UUID rule, Duration length) {
    super(length);
    this.proxy = proxy;
    this.rule = rule;
  }

  @Override
  boolean extend() {
    try {
      return ProxyControl.in(proxy).renew(rule);
    } catch (IOException gone) {
      LOG.warn("rule {} cannot be renewed", rule, gone);
      return false;
    } catch (InterruptedException ending) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Nothing: without renewal the proxy ends it. */
  @Override
  public void close() {}
}
