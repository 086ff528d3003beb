package dev.drillmaster.injector;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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

  /** What the first of them is for. */
  synchronized Connection first() {
    return open.get(0);
  }

  @Override
  synchronized boolean extend() {
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
    for (Connection session : open) {
      try {
        session.close();
      } catch (SQLException gone) {
        LOG.debug("a session of {} was gone", undo.session(), gone);
      }
    }
  }
}
