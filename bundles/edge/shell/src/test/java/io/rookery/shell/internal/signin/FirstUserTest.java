// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstUserTest {

  private static final String SHIPPED =
      "# Users: name = password\n_g_\\:admingroup = group,admin,ssh\n#karaf = karaf\n";

  @TempDir Path etc;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = etc.resolve("users.properties");
  }

  @Test
  void startShouldMakeAnAdministratorWhereThereIsNoUser() throws IOException {
    Files.writeString(file, SHIPPED);

    new FirstUser(etc);

    assertThat(Files.readString(file)).startsWith(SHIPPED);
    assertThat(entries().getProperty("rookery")).matches("[A-Za-z0-9]{32},_g_:admingroup");
    assertThat(entries().getProperty("_g_:admingroup")).isEqualTo("group,admin,ssh");
  }

  @Test
  void startShouldKeepTheFileToItsOwner() throws IOException {
    Files.writeString(file, SHIPPED);

    new FirstUser(etc);

    assertThat(Files.getPosixFilePermissions(file))
        .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    try (Stream<Path> files = Files.list(etc)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void secondStartShouldLeaveTheUserAlone() throws IOException {
    Files.writeString(file, SHIPPED);
    new FirstUser(etc);
    String first = Files.readString(file);

    new FirstUser(etc);

    assertThat(Files.readString(file)).isEqualTo(first);
  }

  @Test
  void startShouldLeaveAnotherUserAlone() throws IOException {
    String text = SHIPPED + "ada = secret,_g_:admingroup";
    Files.writeString(file, text);

    new FirstUser(etc);

    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void startShouldMakeTheFileAndItsGroupWhereBothAreMissing() throws IOException {
    new FirstUser(etc);

    assertThat(entries().getProperty("_g_:admingroup")).contains("admin", "ssh");
    assertThat(entries()).containsKey("rookery");
  }

  @Test
  void everyStartShouldFindAnotherPassword() throws IOException {
    new FirstUser(etc);
    String first = entries().getProperty("rookery");
    Files.delete(file);

    new FirstUser(etc);

    assertThat(entries().getProperty("rookery")).isNotEqualTo(first);
  }

  @Test
  void startShouldGoOnWhereTheFileCannotBeWritten() {
    Path missing = etc.resolve("missing");

    new FirstUser(missing);

    assertThat(missing).doesNotExist();
  }

  private Properties entries() throws IOException {
    Properties entries = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      entries.load(reader);
    }
    return entries;
  }
}
