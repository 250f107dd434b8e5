// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rookery.api.hosts.MailPassword;
import io.rookery.hosts.internal.passwords.PasswordFiles.Hashes;
import io.rookery.kernel.Uuids;
import io.rookery.spi.plugin.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The scripts, by this machine's shell. */
@Timeout(120)
class PasswordFilesTest {

  private static final UUID ID = new UUID(0, 1);

  @TempDir Path folder;

  private Path users;
  private Path grace;

  @BeforeEach
  void begin() throws Exception {
    users = Files.writeString(folder.resolve("users"), "");
    grace = Files.writeString(folder.resolve("grace"), "");
  }

  private MailPassword of(String user) {
    return new MailPassword(
        ID, ID, ID, user, users.toString(), grace.toString(), ID, Instant.EPOCH);
  }

  private static int run(String script) throws Exception {
    Process shell = new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true).start();
    try (var input = shell.getOutputStream()) {
      input.write(script.getBytes());
    }
    shell.getInputStream().readAllBytes();
    return shell.waitFor();
  }

  private static String hash() {
    return PasswordHash.of(PasswordHash.newPassword());
  }

  @Test
  void rotationsInOneFileShouldLoseNothingOfEachOther() throws Exception {
    int count = 8;
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < count; i++) {
      lines.append("u%d:{PLAIN}old::::::x=%d\n".formatted(i, i));
    }
    Files.writeString(users, lines);
    ExecutorService both = Executors.newFixedThreadPool(count);
    List<String> hashes = new ArrayList<>();
    List<Future<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String hash = hash();
      hashes.add(hash);
      MailPassword where = of("u" + i);
      ends.add(
          both.submit(
              () -> run(PasswordFiles.script(where, new Hashes(hash, null), PasswordFiles.ADD))));
    }
    for (Future<Integer> end : ends) {
      assertThat(end.get()).isZero();
    }
    both.shutdown();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      expected.add("u%d:%s::::::x=%d".formatted(i, hashes.get(i), i));
    }
    assertThat(Files.readAllLines(grace)).containsExactlyInAnyOrderElementsOf(expected);
    try (var left = Files.list(folder)) {
      assertThat(left).hasSize(2);
    }
  }

  @Test
  void whatStandsTwiceOrNotAtAllShouldBeLeftAlone() throws Exception {
    for (String lines : List.of("", "other:x\n", "u:x\nu:y\n", "u\n")) {
      Files.writeString(users, lines);
      assertThat(run(PasswordFiles.script(of("u"), new Hashes(hash(), null), PasswordFiles.SET)))
          .isNotZero();
      assertThat(Files.readString(users)).isEqualTo(lines);
    }
  }

  @Test
  void onlyWhatARotationPutShouldBeTakenBack() throws Exception {
    UUID rotation = Uuids.next();
    Secret pending = PasswordHash.newPassword();
    String put = PasswordHash.of(pending, rotation);
    String old = hash();
    Hashes back = new Hashes(old, put);
    for (String mine : List.of("u:" + hash() + ":x", "u:{PLAIN}old", "uu:" + put, "")) {
      Files.writeString(users, mine + "\nother:" + put + "\n");
      assertThat(run(PasswordFiles.script(of("u"), back, PasswordFiles.RESTORE))).isZero();
      assertThat(Files.readString(users)).isEqualTo(mine + "\nother:" + put + "\n");
    }
    Files.writeString(users, "u:" + put + ":1:x=2\n");
    assertThat(run(PasswordFiles.script(of("u"), back, PasswordFiles.RESTORE))).isZero();
    assertThat(Files.readString(users)).isEqualTo("u:" + old + ":1:x=2\n");
    assertThat(PasswordHash.of(pending, rotation)).isEqualTo(put);
    assertThat(PasswordHash.of(pending, Uuids.next())).isNotEqualTo(put);
  }

  @Test
  void aLineWithAPasswordAloneShouldStayOne() throws Exception {
    Files.writeString(users, "u:{PLAIN}old\nuu:{PLAIN}old\n");
    String hash = hash();
    assertThat(run(PasswordFiles.script(of("u"), new Hashes(hash, null), PasswordFiles.SET)))
        .isZero();
    assertThat(Files.readString(users)).isEqualTo("u:" + hash + "\nuu:{PLAIN}old\n");
  }

  @Test
  void whatIsNoHashOrPathShouldReachNoShell() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PasswordFiles.script(of("u"), new Hashes("x'; id", null), PasswordFiles.SET));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> PasswordFiles.script(of("u'"), new Hashes(hash(), null), PasswordFiles.SET));
  }

  @Test
  void noTwoHashesOfAPasswordShouldBeAlike() {
    Secret password = PasswordHash.newPassword();
    assertThat(PasswordHash.of(password)).isNotEqualTo(PasswordHash.of(password));
    assertThat(password.reveal()).hasSize(32).isNotEqualTo(PasswordHash.newPassword().reveal());
  }
}
