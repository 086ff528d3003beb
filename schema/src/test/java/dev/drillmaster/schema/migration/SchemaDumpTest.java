package dev.drillmaster.schema.migration;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("lab")
@ExtendWith(LedgerServer.Extension.class)
class SchemaDumpTest {

  @Test
  void the_schema_with_a_month_open_is_the_one_that_was_reviewed(LedgerServer server)
      throws Exception {
    String database = server.newLedger();
    LedgerServer.execute(server.superuser(database), "SELECT ledger.open_month(date '2026-01-01')");

    Golden.verify(
        Path.of("src/test/resources/schema.txt"), Catalogue.dump(server.superuser(database)));
  }
}
