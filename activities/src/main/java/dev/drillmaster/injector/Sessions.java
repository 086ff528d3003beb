package dev.drillmaster.injector;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one injection that this process keeps open. The server ends each of them when it
 * was not used for as long as the lease, and at once when this process is dead.
 */
final class Sessions extends TargetLease {

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  /** Of a lease; opening hundreds takes longer than one. */
  private static final int RENEWED_PART = 4;

  private final SessionsUndo undo;
  private final List<Connection> open = new ArrayList<>();
  private @Nullable Connection busy;
  private @Nullable Thread work;

  /** With the first of them, which shows that the server takes them. */
  Sessions(SessionsUndo undo) throws IOException {
    super(undo.lease());
    this.undo = undo;
    add();
  }

  /** One more. */
  synchronized void add() throws IOException {
    try {
      open.add(undo.open());
    } catch (SQLException refused) {
      throw new IOException("no session more: " + refused.getMessage(), refused);
    }
    if (sinceRenewal().compareTo(undo.lease().dividedBy(RENEWED_PART)) > 0 && !renew()) {
      throw new IOException("the server ended sessions while more of them were being opened");
    }
  }

  /**
   * One more, which does this until it is over: the server lets it take as long as it likes, so
   * that it must end by itself when the others are gone.
   */
  synchronized void busyWith(String statement) throws IOException {
    try {
      Connection session = undo.open();
      busy = session;
      Sql.answer(session, "SELECT set_config('statement_timeout', '0', false)");
      session.setNetworkTimeout(Runnable::run, 0);
      Thread thread = new Thread(() -> work(session, statement), "busy-session");
      thread.setDaemon(true);
      work = thread;
      thread.start();
    } catch (SQLException refused) {
      throw new IOException("no session more: " + refused.getMessage(), refused);
    }
  }

  private void work(Connection session, String statement) {
    try (Statement sql = session.createStatement()) {
      sql.execute(statement);
    } catch (SQLException ended) {
      LOG.debug("what session {} did is over", undo.session(), ended);
    }
  }

  /** Their name. */
  String name() {
    return undo.session();
  }

  /** What the first of them is for. */
  synchronized Connection first() {
    return open.get(0);
  }

  @Override
  synchronized boolean extend() {
    if (work != null && !work.isAlive()) {
      LOG.warn("what session {} did has ended", undo.session());
      return false;
    }
    for (Connection session : open) {
      try {
        Sql.answer(session, "SELECT 1");
      } catch (IOException ended) {
        LOG.warn("a session of {} has ended: {}", undo.session(), ended.getMessage());
        return false;
      }
    }
    return true;
  }

  /** Also after the server has ended them. */
  @Override
  public synchronized void close() {
    abort();
    for (Connection session : open) {
      try {
        session.close();
      } catch (SQLException gone) {
        LOG.debug("a session of {} was gone", undo.session(), gone);
      }
    }
  }

  /** Not closed, which would wait for what it does. */
  private void abort() {
    if (busy == null) {
      return;
    }
    try {
      busy.abort(Runnable::run);
    } catch (SQLException gone) {
      LOG.debug("the busy session of {} was gone", undo.session(), gone);
    }
  }
}
