// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.console.Session;

/** Asks for a password without showing it, so that no history and no list of processes has it. */
final class NewPassword {

  private NewPassword() {}

  /** Asks for it twice at the console. */
  static Secret ask(Session session) throws IOException {
    String typed = session.readLine("Password: ", '*');
    String again = session.readLine("Once more: ", '*');
    if (typed == null || !typed.equals(again)) {
      throw refused("The two passwords are not the same");
    }
    return Secret.of(typed);
  }

  /** Reads it as the first line of what is piped to the command. */
  static Secret piped() throws IOException {
    // Karaf's stream of this command, which a pipe may come from.
    String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    if (line == null || line.isEmpty()) {
      throw refused("No password was piped to the command");
    }
    return Secret.of(line);
  }

  private static RookeryException refused(String detail) {
    return new RookeryException(CommonErrors.INVALID_REQUEST, detail);
  }
}
