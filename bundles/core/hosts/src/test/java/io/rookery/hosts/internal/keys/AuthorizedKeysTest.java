// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script, by this machine's shell. */
@Timeout(120)
class AuthorizedKeysTest {

  private static final int COUNT = 8;

  @TempDir Path home;

  private int run(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    Process shell = builder.start();
    try (var input = shell.getOutputStream()) {
      input.write(script.getBytes());
    }
    shell.getInputStream().readAllBytes();
    return shell.waitFor();
  }

  @Test
  void keysOfOneAccountShouldLoseNothingOfEachOther() throws Exception {
    ExecutorService all = Executors.newFixedThreadPool(COUNT);
    List<String> wanted = new ArrayList<>();
    List<Future<Integer>> ends = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      String marker = "rookery-" + new UUID(0, i) + (i % 2 == 0 ? "-admin" : "-tenant");
      String key = "ssh-ed25519 AAAA" + i;
      wanted.add(key + " " + marker);
      ends.add(all.submit(() -> run(AuthorizedKeys.script(marker, List.of(key)))));
    }
    for (Future<Integer> end : ends) {
      assertThat(end.get()).isZero();
    }
    all.shutdown();
    Path folder = home.resolve(".ssh");
    assertThat(Files.readAllLines(folder.resolve("authorized_keys")))
        .containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(folder).isDirectoryNotContaining("glob:**.rookery*");
  }
}
