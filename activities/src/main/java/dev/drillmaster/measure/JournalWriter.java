package dev.drillmaster.measure;

import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Appends to a load journal. A line is with the operating system when {@link #append} returns, so
 * that SIGKILL of this process loses none; there is no fsync per line, because the host of the load
 * is outside the blast radius.
 */
public final class JournalWriter implements Closeable {

  private final OutputStream file;
  private final JournalText text = new JournalText();

  private JournalWriter(OutputStream file) {
    this.file = file;
  }

  /**
   * Begins a new journal.
   *
   * @throws IOException if the file exists (a journal is never written over) or cannot be written
   */
  public static JournalWriter create(Path path, JournalLine.Header header) throws IOException {
    Files.createDirectories(path.toAbsolutePath().getParent());
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    // Not a FileChannel: an interrupt of the writing thread would close it for all.
    JournalWriter journal = new JournalWriter(new FileOutputStream(path.toFile(), true));
    journal.append(header);
    return journal;
  }

  /** Writes one line in one piece. */
  public synchronized void append(JournalLine line) throws IOException {
    file.write(text.encode(line));
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
