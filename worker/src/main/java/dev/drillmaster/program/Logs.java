package dev.drillmaster.program;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.LoggerFactory;

/** Where this program logs. The terminal belongs to results. */
public final class Logs {

  private Logs() {}

  /** From now on nothing is logged: there is no place for it yet. */
  public static void off() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
  }

  /** From now on all goes into this file, appended; its directory is made. */
  public static void to(Path file) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    context.putProperty("file", file.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    URL settings = Objects.requireNonNull(Logs.class.getResource("/logback-file.xml"));
    try {
      configurator.doConfigure(settings);
    } catch (JoranException wrong) {
      throw new IllegalStateException("the settings of the log are wrong", wrong);
    }
  }
}
