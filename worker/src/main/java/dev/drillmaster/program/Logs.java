package dev.drillmaster.program;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import dev.drillmaster.process.LogFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where this program logs. The terminal belongs to results. Set by code, not by a file of settings:
 * in those, a path may not hold a percent sign.
 */
public final class Logs {

  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\",UTC} %-5level [%thread] %logger{24} - %msg%n";

  private Logs() {}

  /** From now on nothing is logged: there is no place for it yet. */
  public static void off() {
    context().reset();
  }

  /**
   * From now on all goes into this file, appended; its directory is made. An overlong one is put
   * aside first.
   *
   * @throws IOException if it cannot be written
   */
  public static void to(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    new LogFile(file).putAsideIfOverlong();
    LoggerContext context = context();
    context.reset();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender);
    // They tell each connection and each migration.
    context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
    context.getLogger("org.flywaydb").setLevel(Level.WARN);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
