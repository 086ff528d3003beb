package dev.drillmaster.injector;

import dev.drillmaster.process.FileTree;
import dev.drillmaster.target.HostTarget;
import dev.drillmaster.tier.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host whose target has a small disk of its own, a tmpfs that is mounted for it: other processes
 * must see it, too, so that it is not in a mount namespace of ours.
 */
final class DiskLab extends HostLab {

  static final int MEGABYTE = 1 << 20;

  /** What the host says must be left. */
  static final int LEAVE = 1;

  /** Written by a client, and more than is left. */
  private static final int ASKED = 2 * MEGABYTE;

  final Path disk;

  /** Where the fault may make files. */
  final Path room;

  private final List<Path> mounted = new ArrayList<>();

  DiskLab(Path directory) throws IOException, InterruptedException {
    super(directory);
    boolean root = "root".equals(System.getProperty("user.name"));
    Tier.need(root, "root, to mount a small disk", "run the tests as root");
    disk = Files.createDirectories(directory.resolve("disk"));
    mount(disk, "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
    room = Files.createDirectories(disk.resolve("room"));
    define(64, LEAVE);
  }

  void define(int most, int leave) throws IOException {
    targets.define(TARGET, new HostTarget.Definition(room, null, null, null, most, leave));
  }

  /** Until the lab is closed. */
  void mount(Path where, String... arguments) throws IOException, InterruptedException {
    run("mount", arguments);
    mounted.add(where);
  }

  void unmount(Path where) throws IOException, InterruptedException {
    run("umount", where.toString());
    mounted.remove(where);
  }

  static void run(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }

  long usable() throws IOException {
    return Files.getFileStore(disk).getUsableSpace();
  }

  /** Takes space as somebody else. */
  Path write(String name, int bytes) throws IOException {
    return Files.write(disk.resolve(name), new byte[bytes]);
  }

  /** Why a client cannot write; empty if it can. */
  String complaint() {
    Path client = disk.resolve("client");
    try {
      Files.write(client, new byte[ASKED]);
      return "";
    } catch (IOException full) {
      return String.valueOf(full.getMessage());
    } finally {
      client.toFile().delete();
    }
  }

  @Override
  boolean serves() {
    return complaint().isEmpty();
  }

  @Override
  void destroyTarget() throws IOException {
    FileTree.delete(room);
  }

  @Override
  void stopTarget() throws IOException, InterruptedException {
    for (Path each : List.copyOf(mounted)) {
      unmount(each);
    }
  }
}
