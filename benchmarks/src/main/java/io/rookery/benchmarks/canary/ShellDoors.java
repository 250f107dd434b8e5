// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import io.rookery.itests.running.RemoteShell;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** The operator's shell: secrets that it makes, asks for, and takes from a pipe. */
final class ShellDoors {

  private final Doors doors;

  ShellDoors(Doors doors) {
    this.doors = doors;
  }

  void enter() throws Exception {
    String key = TenantKey.of(doors.rookery(), "operator").key();
    doors.marks().made("key made at the shell", key);
    try (RemoteShell shell = RemoteShell.open(doors.rookery())) {
      String asked = doors.marks().plain("password asked for at the shell", "");
      String email = address();
      String create = "rookery:user-create operator " + email + " Ada";
      said(
          "a new password, asked for",
          shell.typed(List.of(create, asked, asked, "history")),
          asked);
      String body = Doors.json("email", email, "password", asked);
      Doors.taken(doors.talk().ask("POST", "/api/v1/sessions", null, body));
      String first = doors.marks().plain("password typed wrongly", "");
      String second = doors.marks().plain("password typed differently", "");
      String again = "rookery:user-create operator " + address() + " Ada";
      said("two passwords", shell.typed(List.of(again, first, second, "history")), first);
      String client = doors.marks().plain("client secret asked for at the shell", "");
      said(
          "a client secret",
          shell.typed(List.of("rookery:oauth-secret isolation", client, "history")),
          client);
    }
  }

  private static String address() {
    return "shell-" + UUID.randomUUID() + "@people.example";
  }

  /** What the terminal shows must not hold what was typed where it was asked for. */
  private void said(String what, String text, String typed) throws IOException {
    if (!text.contains("rookery:")) {
      throw new IOException("The shell did not answer: " + text.replace(typed, "…"));
    }
    doors.talk().heard("terminal at " + what, text);
  }
}
