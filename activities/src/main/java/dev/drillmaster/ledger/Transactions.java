package dev.drillmaster.ledger;

import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Transactions on the tables of the ledger. Each takes its connection once: jOOQ by itself asks for
 * one again to roll back what it could not begin, so that an attempt on a database that is away
 * would take three times as long as the pool's patience.
 */
final class Transactions {

  private final DataSource writer;

  Transactions(DataSource writer) {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    this.writer = writer;
  }

  /** Writes; durable when this returns. */
  void write(Consumer<DSLContext> work) {
    change(
        tables -> {
          work.accept(tables);
          return true;
        });
  }

  /** Reads what others must not change meanwhile, and writes; durable when this returns. */
  <T> T change(Function<DSLContext, T> work) {
    return DSL.using(writer, SQLDialect.POSTGRES)
        .connectionResult(
            connection ->
                DSL.using(connection, SQLDialect.POSTGRES)
                    .transactionResult(
                        configuration -> {
                          DSLContext tables = configuration.dsl();
                          tables
                              .setLocal(DSL.name("synchronous_commit"), DSL.inline("on"))
                              .execute();
                          return work.apply(tables);
                        }));
  }

  /** Reads; all answers are of one instant. */
  <T> T read(Function<DSLContext, T> question) {
    return DSL.using(writer, SQLDialect.POSTGRES)
        .connectionResult(
            connection ->
                DSL.using(connection, SQLDialect.POSTGRES)
                    .transactionResult(
                        configuration -> {
                          DSLContext tables = configuration.dsl();
                          tables.execute(
                              "set transaction isolation level repeatable read, read only");
                          return question.apply(tables);
                        }));
  }
}
