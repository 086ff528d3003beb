package dev.drillmaster.schema.migration;

import static dev.drillmaster.schema.Tables.AUDIT_EVENT;
import static dev.drillmaster.schema.Tables.RUN;

import dev.drillmaster.schema.Routines;
import dev.drillmaster.schema.tables.records.AuditEventRecord;
import dev.drillmaster.schema.tables.records.RunRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.UpdatableRecord;
import org.jooq.impl.DSL;
import org.postgresql.ds.PGSimpleDataSource;

/** Rows as the ledger writes them, through the generated classes. */
final class Rows {

  static final LocalDate MONTH = LocalDate.of(2026, 3, 1);
  static final Instant START = Instant.parse("2026-03-31T23:59:59.500Z");

  private Rows() {}

  static DSLContext dsl(PGSimpleDataSource dataSource) {
    return DSL.using(dataSource, SQLDialect.POSTGRES);
  }

  static AuditEventRecord event(UUID runId, String kind) {
    byte[] canonical =
        "{\"kind\":\"%s\",\"run\":\"%s\"}".formatted(kind, runId).getBytes(StandardCharsets.UTF_8);
    AuditEventRecord event = new AuditEventRecord();
    event.setMonth(MONTH);
    event.setId(UUID.randomUUID());
    event.setRunId(runId);
    event.setExecutionId(runId);
    event.setOccurredAt(START);
    event.setKind(kind);
    event.setActor("drillmaster");
    event.setAssurance("system");
    event.setPayload(JSONB.valueOf("{\"kind\":\"" + kind + "\"}"));
    event.setRecipe((short) 1);
    event.setCanonical(canonical);
    event.setLeafHash(leafHash(canonical));
    return event;
  }

  static byte[] leafHash(byte[] canonical) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update((byte) 0);
      return sha256.digest(canonical);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A run that is going on. Its audit event is not named yet. */
  static RunRecord run(UUID runId) {
    RunRecord run = new RunRecord();
    run.setRunId(runId);
    run.setWorkflowId("postgres-failover-" + runId);
    run.setExecutionId(runId);
    run.setPlanName("postgres-failover");
    run.setPlan(JSONB.valueOf("{}"));
    run.setPlanDigest("0123456789abcdef".repeat(4));
    run.setEnvironment("lab");
    run.setRequester("ada");
    run.setStartedAt(START);
    run.setLatestEnd(START.plusSeconds(300));
    return run;
  }

  /** Writes the event and then the state that it describes. */
  static void write(DSLContext dsl, AuditEventRecord event, UpdatableRecord<?> state) {
    dsl.transaction(
        transaction -> {
          transaction.dsl().insertInto(AUDIT_EVENT).set(event).execute();
          bind(state, event);
          transaction.dsl().insertInto(state.getTable()).set(state).execute();
        });
  }

  /** Makes a run as the writer does, opening its month. */
  static UUID newRun(DSLContext writer) {
    UUID runId = UUID.randomUUID();
    Routines.openMonth(writer.configuration(), MONTH);
    write(writer, event(runId, "run-started"), run(runId));
    return runId;
  }

  static void bind(UpdatableRecord<?> state, AuditEventRecord event) {
    state.set(state.field(RUN.MONTH), event.getMonth());
    state.set(state.field(RUN.AUDIT_ID), event.getId());
  }
}
