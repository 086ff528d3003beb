package dev.drillmaster.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the text of a plan or a policy from a file, of which nothing is known beforehand. */
final class PlanSource {

  /** In bytes; it has a few thousand. */
  static final int LARGEST = 1 << 20;

  private PlanSource() {}

  /**
   * The text.
   *
   * @throws PlanException if there is none that could be a plan
   */
  static String read(Path file) {
    if (Files.isDirectory(file)) {
      throw new PlanException(file + " is a directory: name a file");
    }
    byte[] bytes;
    try (InputStream input = Files.newInputStream(file)) {
      // Not by the size that the file system tells: a pipe has none.
      bytes = input.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException absent) {
      throw new PlanException("there is no file " + file);
    } catch (AccessDeniedException denied) {
      throw new PlanException("no permission to read " + file + ": see who may");
    } catch (IOException unreadable) {
      throw new PlanException(file + " cannot be read: " + unreadable.getMessage());
    }
    if (bytes.length > LARGEST) {
      throw new PlanException(file + " is larger than 1 MB: a plan or policy has a few kilobytes");
    }
    return text(bytes, file.toString());
  }

  /**
   * The text of these bytes.
   *
   * @throws PlanException if they are none
   */
  static String text(byte[] bytes, String source) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(input, output, true);
    output.flip();
    if (result.isError()) {
      Place place = Place.after(output);
      PlanProblem problem =
          new PlanProblem(place, "", "this is not UTF-8 text: save the file as UTF-8");
      throw PlanException.of(source, List.of(problem));
    }
    String text = output.toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
