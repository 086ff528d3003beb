package dev.drillmaster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillmaster.home.Home;
import dev.drillmaster.lab.LabStatus.Part;
import dev.drillmaster.postgres.Passwords;
import dev.drillmaster.postgres.PostgresBinaries;
import dev.drillmaster.process.DetachedProcess;
import dev.drillmaster.process.ProcessId;
import dev.drillmaster.process.ProcessTree;
import dev.drillmaster.system.SystemDefinition;
import dev.drillmaster.system.SystemDefinition.DatabaseAccess;
import dev.drillmaster.system.Systems;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A home with its lab, and how a test looks at it from outside. */
final class LabRoom {

  static final Duration BOUND = Duration.ofSeconds(30);
  static final Duration POLL = Duration.ofMillis(1);

  final Path directory;
  final Home home;
  final Lab lab;

  /** What the lab said it does. */
  final List<String> said = Collections.synchronizedList(new ArrayList<>());

  LabRoom(Path directory, String name) throws IOException {
    this.directory = directory;
    this.home = new Home(directory.resolve(name));
    this.lab = new Lab(home);
    // Unpacked once for all runs of the tests.
    Path shared = Path.of("target", "postgres-tests").toAbsolutePath();
    PostgresBinaries.install(shared);
    Files.createDirectories(home.root());
    Files.createSymbolicLink(home.binaries(), shared);
  }

  LabStatus up() throws Exception {
    return lab.up(said::add);
  }

  SystemDefinition system() throws IOException {
    return new Systems(home.systems()).find("lab").orElseThrow();
  }

  /** The processes of these parts. */
  List<ProcessId> processes(List<String> parts) {
    LabFiles files = new LabFiles(home.lab());
    return parts.stream()
        .flatMap(part -> Stream.of(files.work(part), files.home(part).resolve("data")))
        .flatMap(work -> new ProcessTree(work).members().stream())
        .toList();
  }

  /** The processes that work anywhere below a directory. */
  static List<ProcessId> processesBelow(Path root) throws IOException {
    Path wanted = root.toRealPath();
    List<ProcessId> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path each : all) {
        if (workingDirectory(each).startsWith(wanted)) {
          ProcessId.of(Long.parseLong(each.getFileName().toString())).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  private static Path workingDirectory(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd"));
    } catch (IOException gone) {
      return Path.of("");
    }
  }

  static Map<String, Long> pids(LabStatus status) {
    return status.parts().stream()
        .filter(Part::running)
        .collect(Collectors.toMap(Part::name, part -> part.pid() == null ? 0 : part.pid()));
  }

  static Map<String, Integer> ports(LabStatus status) {
    return status.parts().stream()
        .collect(Collectors.toMap(Part::name, part -> part.port() == null ? 0 : part.port()));
  }

  /** A program of its own that brings the lab of this home up. */
  Process maker(String log) throws IOException {
    return DetachedProcess.start(
        DetachedProcess.java(LabMaker.class, 128, List.of(home.root().toString())),
        Map.of(),
        directory,
        directory.resolve(log));
  }

  /** The first field that a query answers, by way of a database that the host defines. */
  String query(String database, String sql) throws IOException {
    DatabaseAccess access = Objects.requireNonNull(system().databases().get(database));
    String url = "jdbc:postgresql://127.0.0.1:" + access.port() + "/" + access.database();
    String password = new Passwords(access.passwords()).read(access.user());
    try (Connection connection = DriverManager.getConnection(url, access.user(), password);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException failed) {
      throw new IOException(failed);
    }
  }

  String count(String database, UUID id) throws IOException {
    return query(database, "SELECT count(*) FROM transfer WHERE id = '" + id + "'");
  }

  /** Books a transfer by way of a service. */
  static void book(URI service, UUID id) throws Exception {
    String body = "{\"id\":\"%s\",\"run\":\"lab\",\"sequence\":1,\"amount\":1}".formatted(id);
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/transfers"))
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .timeout(BOUND)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
