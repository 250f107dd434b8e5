// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedServerTest {

  @RegisterExtension final TestFolder folder = new TestFolder();

  private EmbeddedServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void secondStartShouldFindWhatTheFirstKept() throws SQLException {
    start();
    int port = server.port();
    execute("create table kept (n int); insert into kept values (7)");
    server.close();
    start();
    assertThat(server.port()).isEqualTo(port);
    assertThat(query("select n from kept")).isEqualTo("7");
  }

  @Test
  void serverShouldBeDurableAndAskForAPassword() throws SQLException {
    start();
    assertThat(query("show fsync")).isEqualTo("on");
    assertThat(query("show synchronous_commit")).isEqualTo("on");
    assertThat(query("show data_checksums")).isEqualTo("on");
    assertThat(query("show listen_addresses")).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> DriverManager.getConnection(url(), "postgres", "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  @Test
  void secretsAndDataShouldBeClosedToOthers() throws Exception {
    start();
    assertThat(mode(folder.get().resolve("pg/secrets/superuser"))).isEqualTo("rw-------");
    assertThat(mode(folder.get().resolve("pg/data"))).isEqualTo("rwx------");
  }

  @Test
  void operatorsOwnSettingsShouldHaveTheLastWord() throws Exception {
    start();
    server.close();
    Path custom = folder.get().resolve("pg/data/custom.conf");
    Files.writeString(custom, "work_mem = '9MB'\n");
    Files.setPosixFilePermissions(custom, PosixFilePermissions.fromString("rw-r--r--"));
    start();
    assertThat(query("show work_mem")).isEqualTo("9MB");
  }

  @Test
  void serverKilledShouldBeRevivedWithWhatWasCommitted() throws SQLException {
    start();
    execute("create table kept (n int); insert into kept values (7)");
    long killed = server.pid();
    kill(killed);
    assertThat(server.revive()).isTrue();
    assertThat(server.revive()).isFalse();
    assertThat(server.pid()).isNotEqualTo(killed);
    assertThat(query("select n from kept")).isEqualTo("7");
  }

  @Test
  void takenPortShouldMakeItChooseAnother() throws Exception {
    start();
    int port = server.port();
    server.close();
    try (ServerSocket stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      start();
      assertThat(server.port()).isNotEqualTo(stranger.getLocalPort());
      assertThat(query("select 1")).isEqualTo("1");
    }
  }

  @Test
  void fileOfADeadServerWhoseNumberAStrangerBearsShouldNotHinder() throws Exception {
    start();
    execute("create table kept (n int); insert into kept values (7)");
    Path file = folder.get().resolve("pg/data/postmaster.pid");
    List<String> lines = Files.readAllLines(file);
    kill(server.pid());
    server.close();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.writeString(
          file, stranger.pid() + "\n" + String.join("\n", lines.subList(1, 8)) + "\n");
      start();
      assertThat(query("select n from kept")).isEqualTo("7");
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void crashWhileTheClusterIsMadeShouldCostNothing() throws Exception {
    Path half = folder.get().resolve("pg/init/data/base");
    Files.createDirectories(half);
    Files.writeString(half.resolve("junk"), "junk");
    start();
    assertThat(query("select 1")).isEqualTo("1");
    assertThat(folder.get().resolve("pg/init")).doesNotExist();
  }

  @Test
  void folderShouldServeOneAtATime() {
    start();
    assertThatThrownBy(() -> EmbeddedServer.start(path(), TestFolder.programs(), settings()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Another process uses the database");
  }

  @Test
  void serverOfAProcessThatWasKilledShouldBeTakenOver() throws Exception {
    Process other = anotherProcess();
    long orphan;
    try (BufferedReader reader = other.inputReader(StandardCharsets.UTF_8)) {
      orphan = Long.parseLong(reader.readLine());
      assertThatThrownBy(this::start).hasMessageContaining("Another process uses the database");
      other.destroyForcibly().waitFor();
    }
    assertThat(alive(orphan)).isTrue();
    start();
    await().until(() -> !alive(orphan));
    assertThat(query("select n from kept")).isEqualTo("7");
  }

  @Test
  void dataOfAnotherMajorVersionShouldBeRefused() throws Exception {
    Path data = folder.get().resolve("pg/data");
    Files.createDirectories(data);
    Files.writeString(data.resolve("PG_VERSION"), "16\n");
    assertThatThrownBy(this::start)
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("PostgreSQL 16");
  }

  @Test
  void folderThatCannotBeMadeShouldBeNamed() throws IOException {
    Path file = Files.writeString(folder.get().resolve("file"), "x");
    assertThatThrownBy(
            () -> EmbeddedServer.start(file.resolve("pg"), TestFolder.programs(), settings()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining(file.resolve("pg").toString());
  }

  private void start() {
    server = EmbeddedServer.start(path(), TestFolder.programs(), settings());
  }

  private Path path() {
    return folder.server();
  }

  static ServerSettings settings() {
    return ServerSettings.standard().with("shared_buffers", "16MB");
  }

  private Process anotherProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StartAndWait.class.getName(),
            path().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  /** Kills a server as the kernel does when memory runs out, with all its children. */
  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    try (Stream<ProcessHandle> children = process.children()) {
      List<ProcessHandle> all = children.toList();
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }
    await().until(() -> !alive(pid));
  }

  private static boolean alive(long pid) {
    return Files.exists(Path.of("/proc/" + pid + "/exe"))
        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), server.superuser(), server.password());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
