package dev.drillmaster.cli;

import dev.drillmaster.injector.RefusedException;
import dev.drillmaster.plan.PlanException;
import dev.drillmaster.postgres.PostgresFailure;
import dev.drillmaster.program.HomeInUse;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one line for people, and what to do. */
final class ErrorText {

  /** So many causes are followed at most, because a chain of causes may be a ring. */
  private static final int LONGEST_CHAIN = 50;

  private ErrorText() {}

  /** The line. Only the problems of a plan take more than one, a line for each. */
  static String of(Throwable failure) {
    Throwable outer = unwrapped(failure);
    if (outer instanceof PlanException) {
      return "drillmaster: " + plan(words(outer));
    }
    String what = words(outer);
    Throwable root = root(outer);
    if (root != outer && !what.contains(words(root))) {
      what = what + ": " + words(root);
    }
    return "drillmaster: " + PlainText.oneLine(what) + advice(outer, root);
  }

  /** What the program exits with. */
  static int exitCode(Throwable failure) {
    Throwable inner = unwrapped(failure);
    if (inner instanceof HomeInUse) {
      return ExitCode.REFUSED;
    }
    return inner instanceof PlanException ? ExitCode.USAGE : ExitCode.TROUBLE;
  }

  private static String plan(String problems) {
    return String.join(
        "\n",
        problems
            .lines()
            .map(line -> (line.startsWith(" ") ? "  " : "") + PlainText.oneLine(line))
            .toList());
  }

  /** Leaves out what only carries another: its text is the other's class and text. */
  private static Throwable unwrapped(Throwable failure) {
    Throwable inner = failure;
    for (int count = 0; count < LONGEST_CHAIN; count++) {
      Throwable cause = inner.getCause();
      String message = inner.getMessage();
      if (cause == null || (message != null && !message.equals(cause.toString()))) {
        return inner;
      }
      inner = cause;
    }
    return inner;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int count = 0; count < LONGEST_CHAIN; count++) {
      Throwable cause = next(root);
      if (cause == null) {
        return root;
      }
      root = cause;
    }
    return root;
  }

  private static @Nullable Throwable next(Throwable failure) {
    if (failure.getCause() == null && failure instanceof SQLException sql) {
      return sql.getNextException();
    }
    return failure.getCause();
  }

  /** Some messages of the Java library are no more than a name. */
  private static String words(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no " + message;
    }
    if (failure instanceof AccessDeniedException) {
      return "no access to " + message;
    }
    if (failure instanceof FileAlreadyExistsException) {
      return message + " is there already";
    }
    return failure instanceof UnknownHostException ? "unknown host " + message : message;
  }

  private static String advice(Throwable outer, Throwable root) {
    if (outer instanceof PostgresFailure || outer instanceof RefusedException) {
      return ""; // Their messages say what to do.
    }
    if (root instanceof ConnectException) {
      return "; see whether it runs and listens there, or use --debug to see who asked";
    }
    String said = String.valueOf(root.getMessage());
    if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
      return "; make room on that disk, or choose another place with --home";
    }
    if (said.contains("Read-only file system")) {
      return "; choose a place that can be written, with --home";
    }
    if (said.contains("Too many open files")) {
      return "; allow more of them: ulimit -n 4096";
    }
    if (root instanceof OutOfMemoryError) {
      return "; give it more: DRILLMASTER_JAVA_OPTS=-Xmx1g";
    }
    if (root instanceof UnknownHostException) {
      return "; see how the name is written, and whether it can be looked up here";
    }
    if (root instanceof AccessDeniedException) {
      return "; see who owns it and who may use it";
    }
    if (root instanceof Error || root instanceof NullPointerException) {
      return "; this is a mistake in Drillmaster: please report what it says with --debug";
    }
    return "; use --debug to see where it comes from";
  }
}
