package dev.drillmaster.injector;

import dev.drillmaster.fault.RowCorruption;
import dev.drillmaster.injection.InjectionSpec;
import dev.drillmaster.injection.Inspection;
import dev.drillmaster.postgres.PostgresServer;
import dev.drillmaster.target.PostgresTarget;
import dev.drillmaster.target.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes a wrong value to rows that a seed chooses, and keeps what they held before. */
final class RowCorruptionInjector extends DatabaseInjector<RowCorruption, RowCorruptionUndo> {

  /** A hundred thousand rows take seconds. */
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /** Whoever has the rows is waited for, but not for long. */
  private static final String BELOW_THE_APPLICATION =
      "SET LOCAL lock_timeout = '1s'; SET LOCAL session_replication_role = replica";

  @Override
  public Class<RowCorruption> faultClass() {
    return RowCorruption.class;
  }

  @Override
  public Class<RowCorruptionUndo> undoClass() {
    return RowCorruptionUndo.class;
  }

  @Override
  String database(RowCorruption fault) {
    return fault.database();
  }

  @Override
  Duration patience() {
    return PATIENCE;
  }

  @Override
  PostgresTarget.Definition server(RowCorruptionUndo undo) {
    return undo.server();
  }

  @Override
  String before(RowCorruption fault, String target, Connection server) throws IOException {
    if (Sql.answer(server, "SELECT pg_is_in_recovery()").equals("t")) {
      throw new RefusedException("target " + target + " is a standby: it takes no writes");
    }
    CorruptRows rows = CorruptRows.require(server, fault, fault.table());
    int eligible;
    try {
      eligible = Sql.number(server, rows.countEligible(fault.rows()));
    } catch (IOException refused) {
      throw new RefusedException(
          "\"%s\" cannot be written to %s: %s"
              .formatted(fault.value(), fault.column(), refused.getMessage()));
    }
    if (eligible < fault.rows()) {
      throw new RefusedException(
          "table %s has only %d rows that hold anything else than \"%s\""
              .formatted(fault.table(), eligible, fault.value()));
    }
    return eligible + " rows hold what was written there";
  }

  @Override
  public RowCorruptionUndo capture(RowCorruption fault, Target target, InjectionSpec spec) {
    return new RowCorruptionUndo(
        PostgresTarget.Definition.of(require(target)), fault, spec.id(), 0);
  }

  @Override
  public void inject(
      RowCorruption fault, Target target, RowCorruptionUndo undo, UndoLog<RowCorruptionUndo> log)
      throws IOException {
    PostgresServer server = undo.server().server();
    try (Connection session = server.leased(fault.database(), undo.session(), PATIENCE);
        Statement sql = session.createStatement()) {
      CorruptRows rows = CorruptRows.require(session, fault, undo.before());
      session.setAutoCommit(false);
      sql.execute(BELOW_THE_APPLICATION);
      sql.execute(rows.keep(fault.rows(), fault.seed()));
      int changed = sql.executeUpdate(rows.change());
      if (changed < fault.rows()) {
        throw new IOException("only " + changed + " of " + fault.rows() + " rows can be changed");
      }
      session.commit();
    } catch (SQLException refused) {
      throw new IOException("the rows cannot be changed: " + refused.getMessage(), refused);
    }
  }

  @Override
  Inspection look(RowCorruptionUndo undo, Connection server) throws IOException {
    if (!Sql.hasTable(server, Sql.quoted(undo.before()))) {
      String others =
          undo.leftAlone() == 0 ? "" : ", but " + undo.leftAlone() + " that others changed";
      return new Inspection(Inspection.State.ABSENT, "each row is as it was before" + others);
    }
    @Nullable CorruptRows rows = CorruptRows.of(server, undo.fault(), undo.before());
    int changed = rows == null ? 0 : Sql.number(server, rows.countChanged());
    return changed > 0
        ? new Inspection(Inspection.State.PRESENT, changed + " rows hold the wrong value")
        : new Inspection(Inspection.State.UNKNOWN, "others have changed all of the rows");
  }

  /** What was written stays written, as long as there is something to start. */
  @Override
  Inspection lookAtOneThatIsDown(PostgresServer server) {
    return server.exists()
        ? new Inspection(
            Inspection.State.UNKNOWN,
            "the server does not run: its rows are put right when it does")
        : super.lookAtOneThatIsDown(server);
  }

  @Override
  void end(RowCorruptionUndo undo, Connection server, UndoLog<RowCorruptionUndo> log)
      throws IOException, InterruptedException {
    Sql.endSessions(server, undo.session());
    if (!Sql.hasTable(server, Sql.quoted(undo.before()))) {
      return;
    }
    @Nullable CorruptRows rows = CorruptRows.of(server, undo.fault(), undo.before());
    try (Statement sql = server.createStatement()) {
      if (rows == null) {
        sql.execute("DROP TABLE " + Sql.quoted(undo.before()));
        return;
      }
      server.setAutoCommit(false);
      sql.execute(BELOW_THE_APPLICATION);
      sql.executeUpdate(rows.restore());
      int leftAlone = Sql.number(server, rows.countNotAsBefore());
      if (leftAlone > 0) {
        log.writeIfPossible(undo.leaving(leftAlone), leftAlone + " rows are as others left them");
      }
      sql.execute(rows.drop());
      server.commit();
    } catch (SQLException refused) {
      throw new IOException("the rows cannot be put right: " + refused.getMessage(), refused);
    }
  }
}
