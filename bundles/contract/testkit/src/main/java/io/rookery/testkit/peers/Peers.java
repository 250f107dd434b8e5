// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.peers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/**
 * Finds foreign programs. A test that needs one carries {@code @Tag("peer")}; where the program is
 * missing the test is skipped, or fails under {@code -Dpeers.required=true}.
 */
public final class Peers {

  /** Where servers are installed that a user's search path leaves out. */
  private static final List<String> ELSEWHERE =
      List.of("/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/libexec/postfix");

  private Peers() {}

  /** Returns the program's path, or ends the test with a plain message. */
  public static Path require(String program) {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            ELSEWHERE.stream())
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> missing(program));
  }

  /** Ends a peer: asks it to, and after 20 s makes it. Returns once it has ended. */
  public static void end(Process peer) throws InterruptedException {
    peer.destroy();
    if (!peer.waitFor(20, TimeUnit.SECONDS)) {
      peer.destroyForcibly().waitFor();
    }
  }

  private static Path missing(String program) {
    String message = "The peer " + program + " is not installed here";
    if (Boolean.getBoolean("peers.required")) {
      return Assertions.fail(message + ", and -Dpeers.required=true asks for it");
    }
    throw new TestAbortedException(message);
  }
}
