// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

/** Files of contacts as large as a test wants them. */
final class GeneratedContacts {

  private GeneratedContacts() {}

  /** As many contacts, a twentieth again as repeated rows and as many bad ones. */
  static String csv(int contacts) {
    StringBuilder csv = new StringBuilder("email,first_name,last_name,country,city\n");
    for (int i = 0; i < contacts; i++) {
      csv.append("user").append(i).append("@example.com,Ada,\"Love\nlace ").append(i);
      csv.append("\",DE,City ").append(i % 100).append('\n');
      if (i % 20 == 19) {
        csv.append("USER")
            .append(i / 2)
            .append("@example.com,,,,\n")
            .append("bad")
            .append(i)
            .append(",,,,\n");
      }
    }
    return csv.toString();
  }
}
