// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.persistence.internal.database.DatabaseRefusedException;
import io.rookery.persistence.internal.server.ServerException;
import io.rookery.persistence.internal.server.ServerSettings;
import io.rookery.persistence.internal.server.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenerTest {

  private static final ServerSettings SMALL =
      ServerSettings.standard().with("shared_buffers", "16MB");

  @RegisterExtension final TestFolder folder = new TestFolder();

  @Test
  void ownDatabaseShouldOpenWithThreeRolesOfWhichNoneIsSuperuser() throws SQLException {
    try (Opened opened = own(SMALL).open()) {
      assertThat(role(opened.database().app())).isEqualTo("rookery_app");
      assertThat(role(opened.database().system())).isEqualTo("rookery_system");
      assertThat(role(opened.database().ownerSource())).isEqualTo("rookery_owner");
      assertThat(
              query(
                  opened.database().ownerSource(),
                  "select count(*) from pg_roles where rolname like 'rookery%'"
                      + " and (rolsuper or rolbypassrls)"))
          .isEqualTo("0");
    }
  }

  @Test
  void secondOpeningShouldFindTheSameDatabase() throws SQLException {
    try (Opened opened = own(SMALL).open()) {
      execute(opened.database().ownerSource(), "create table platform.kept as select 7 as n");
    }
    try (Opened opened = own(SMALL).open()) {
      assertThat(query(opened.database().ownerSource(), "select n from platform.kept"))
          .isEqualTo("7");
    }
  }

  @Test
  void lostPasswordsOfTheWorkingRolesShouldBeMadeAnew() throws Exception {
    own(SMALL).open().close();
    Files.delete(folder.get().resolve("pg/secrets/app"));
    Files.delete(folder.get().resolve("pg/secrets/owner"));
    try (Opened opened = own(SMALL).open()) {
      assertThat(role(opened.database().app())).isEqualTo("rookery_app");
    }
  }

  @Test
  void serverThatDiedShouldServeThePoolsAgain() throws SQLException {
    try (Opened opened = own(SMALL).open()) {
      ProcessHandle server = ProcessHandle.of(opened.server().pid()).orElseThrow();
      server.destroyForcibly();
      server.onExit().join();
      opened.keepAlive();
      assertThat(role(opened.database().app())).isEqualTo("rookery_app");
    }
  }

  @Test
  void databaseThatCouldLoseWorkShouldBeRefused() {
    assertThatThrownBy(() -> own(SMALL.with("fsync", "off")).open())
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("fsync is off");
    assertThatThrownBy(() -> own(SMALL.with("synchronous_commit", "off")).open())
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("synchronous_commit is off");
  }

  @Test
  void roleThatCommitsWithoutWaitingShouldBeRefused() throws SQLException {
    try (Opened opened = own(SMALL).open()) {
      execute(
          opened.database().ownerSource(), "alter role rookery_app set synchronous_commit = off");
    }
    assertThatThrownBy(() -> own(SMALL).open())
        .isInstanceOf(DatabaseRefusedException.class)
        .hasMessageContaining("synchronous_commit is off");
  }

  @Test
  void foreignDatabaseShouldOpenByItsUrlAndPasswordFile() throws Exception {
    try (Opened server = own(SMALL).open()) {
      Map<String, Object> values = foreign(server);
      try (Opened opened = new Opener(Defaults.configuration(values), elsewhere(), SMALL).open()) {
        assertThat(opened.server()).isNull();
        assertThat(opened.database().exclusive()).isFalse();
        assertThat(role(opened.database().app())).isEqualTo("rookery_app");
      }
    }
  }

  @Test
  void roleThatEscapesRowSecurityShouldBeRefused() throws Exception {
    try (Opened server = own(SMALL).open()) {
      Map<String, Object> values = foreign(server);
      for (String power : new String[] {"superuser", "bypassrls", "createrole"}) {
        asSuperuser(server, "alter role rookery_app " + power);
        assertThatThrownBy(
                () -> new Opener(Defaults.configuration(values), elsewhere(), SMALL).open())
            .isInstanceOf(DatabaseRefusedException.class)
            .hasMessageContaining("rookery_app");
        asSuperuser(server, "alter role rookery_app no" + power);
      }
      asSuperuser(server, "grant postgres to rookery_system");
      assertThatThrownBy(
              () -> new Opener(Defaults.configuration(values), elsewhere(), SMALL).open())
          .isInstanceOf(DatabaseRefusedException.class)
          .hasMessageContaining("rookery_system");
    }
  }

  @Test
  void passwordsThatAreNotSafeShouldBeRefused() throws IOException {
    Map<String, Object> values = new HashMap<>();
    values.put("url", "jdbc:postgresql://127.0.0.1:1/x");
    assertThatThrownBy(() -> new Opener(Defaults.configuration(values), elsewhere(), SMALL).open())
        .hasMessageContaining("owner.password.file");
    Path open = Files.writeString(folder.get().resolve("open"), "secret");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    values.put("owner_password_file", open.toString());
    assertThatThrownBy(() -> new Opener(Defaults.configuration(values), elsewhere(), SMALL).open())
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("open to others");
    values.put("url", "jdbc:postgresql://127.0.0.1:1/x?password=secret");
    assertThatThrownBy(() -> new Opener(Defaults.configuration(values), elsewhere(), SMALL).open())
        .hasMessageContaining("neither a user nor a password")
        .hasMessageNotContaining("secret");
  }

  private Opener own(ServerSettings settings) {
    return new Opener(Defaults.configuration(Map.of()), folder.server(), settings);
  }

  private Path elsewhere() {
    return folder.get().resolve("elsewhere");
  }

  private Map<String, Object> foreign(Opened server) throws SQLException {
    Map<String, Object> values = new HashMap<>();
    values.put("url", "jdbc:postgresql://127.0.0.1:" + server.server().port() + "/rookery");
    for (String role : new String[] {"owner", "app", "system"}) {
      values.put(role + "_password_file", folder.get().resolve("pg/secrets/" + role).toString());
    }
    return values;
  }

  private static void asSuperuser(Opened server, String sql) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + server.server().port() + "/rookery";
    try (Connection connection =
            DriverManager.getConnection(
                url, server.server().superuser(), server.server().password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String role(DataSource source) throws SQLException {
    return query(source, "select current_user");
  }

  private static String query(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void execute(DataSource source, String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
