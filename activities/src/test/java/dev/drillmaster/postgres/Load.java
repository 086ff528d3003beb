package dev.drillmaster.postgres;

import dev.drillmaster.process.Poll;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Writers that insert numbers one after the other and remember which were acknowledged. */
final class Load implements AutoCloseable {

  private static final int WRITERS = 3;

  private final Set<Long> acknowledged = new ConcurrentSkipListSet<>();
  private final AtomicLong next = new AtomicLong();
  private final List<Thread> writers = new CopyOnWriteArrayList<>();
  private volatile boolean over;

  /** Starts writing; a writer whose session is lost ends. */
  Load(PostgresServer server) {
    for (int i = 0; i < WRITERS; i++) {
      Thread writer = new Thread(() -> write(server), "load-" + i);
      writers.add(writer);
      writer.start();
    }
  }

  private void write(PostgresServer server) {
    try (Connection connection = server.connect("postgres", Duration.ofSeconds(5));
        PreparedStatement insert = connection.prepareStatement("INSERT INTO numbers VALUES (?)")) {
      while (!over) {
        long id = next.incrementAndGet();
        insert.setLong(1, id);
        insert.executeUpdate();
        acknowledged.add(id);
      }
    } catch (SQLException | IOException sessionLost) {
      // What was not acknowledged is not counted.
    }
  }

  /** Waits until that many more were acknowledged. */
  void awaitMore(int count) throws IOException, InterruptedException {
    int wanted = acknowledged.size() + count;
    if (!Poll.until(ServerRoom.BOUND, () -> acknowledged.size() >= wanted)) {
      throw new IOException("the load stalled at " + acknowledged.size());
    }
  }

  /** Ends the writers and says what was acknowledged. */
  Set<Long> end() throws InterruptedException {
    over = true;
    for (Thread writer : writers) {
      writer.join();
    }
    return Collections.unmodifiableSet(acknowledged);
  }

  /** Which of the acknowledged numbers a server does not have. */
  Set<Long> missingOn(PostgresServer server) throws IOException, SQLException {
    Set<Long> missing = new TreeSet<>(acknowledged);
    try (Connection connection = server.connect("postgres", ServerRoom.BOUND);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id FROM numbers")) {
      while (rows.next()) {
        missing.remove(rows.getLong(1));
      }
    }
    return missing;
  }

  /** Lets the writers end; {@link #end} waits for them. */
  @Override
  public void close() {
    over = true;
  }
}
