// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static io.rookery.benchmarks.canary.Doors.json;
import static io.rookery.benchmarks.canary.Doors.taken;

import io.rookery.itests.journey.Waiting;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import java.util.Map;

/**
 * Mailboxes with passwords: one that is right, one that is wrong, at servers that repeat what they
 * refuse.
 */
final class MailDoors {

  private static final String USER = "news";

  private final Doors doors;

  MailDoors(Doors doors) {
    this.doors = doors;
  }

  /** Returns the id of a mailbox that has a password. */
  String enter() throws Exception {
    String right = doors.marks().fresh("password of a mailbox");
    String wrong = doors.marks().fresh("wrong password of a mailbox");
    try (ScriptedSmtpServer server = new ScriptedSmtpServer().credentials(USER, right);
        ScriptedSmtpServer strict = new ScriptedSmtpServer().credentials(USER, "another")) {
      String good = mailbox(server, "canary@isolation.example", "plain", right);
      String bad = mailbox(strict, "refused@isolation.example", "plain", wrong);
      String login = mailbox(strict, "login@isolation.example", "login", wrong);
      for (String box : new String[] {good, bad, login}) {
        doors.post("mailboxes/" + box + "/check", "");
        doors.rookery().shell("rookery:mailbox-check operator " + box);
      }
      send(good);
      send(bad);
      Waiting.until(
          doors.operator().rest(), "messages?limit=5", any -> !server.received().isEmpty());
      Waiting.until(doors.operator().rest(), "messages?limit=5", any -> refusedBySending(strict));
      changed(good, strict);
      imported(strict.port());
      return good;
    }
  }

  /** The two checks of each mailbox at the strict server, and then the line itself. */
  private static boolean refusedBySending(ScriptedSmtpServer strict) {
    return strict.verbs().stream().filter("AUTH"::equals).count() > 4;
  }

  private String mailbox(ScriptedSmtpServer server, String address, String auth, String password)
      throws Exception {
    return doors
        .made("mailboxes", of(server.port(), address, auth, password))
        .json()
        .path("id")
        .asText();
  }

  private static String of(int port, String address, String auth, String password) {
    Map<String, Object> settings =
        Map.of(
            "host",
            "127.0.0.1",
            "port",
            Integer.toString(port),
            "security",
            "none",
            "plain_auth",
            "true",
            "auth",
            auth,
            "username",
            USER);
    return json(
        "address",
        address,
        "backend",
        "smtp",
        "settings",
        settings,
        "secrets",
        Map.of("password", password));
  }

  private void send(String mailbox) throws Exception {
    doors.made(
        "messages",
        json("mailbox_id", mailbox, "to", "a@dest.example", "subject", "Hello", "text", "Hello"));
  }

  private void changed(String mailbox, ScriptedSmtpServer strict) throws Exception {
    String next = doors.marks().fresh("changed password of a mailbox");
    String body = json("secrets", Map.of("password", next));
    taken(doors.talk().ask("PATCH", "/api/v1/mailboxes/" + mailbox, doors.key(), body));
    String back = doors.marks().fresh("password of a fallback");
    String fallback = of(strict.port(), "x", "plain", back).replaceFirst("\"address\":\"x\",", "");
    String list = "{\"fallbacks\":[" + fallback + "]}";
    Talk.Answer made =
        taken(doors.talk().ask("PATCH", "/api/v1/mailbox-fallbacks/" + mailbox, doors.key(), list));
    String id = made.json().at("/data/0/id").asText();
    doors.post("mailbox-fallbacks/" + mailbox + "/" + id + "/check", "");
  }

  private void imported(int port) throws Exception {
    String good = doors.marks().plain("password in a file", "");
    String bad = doors.marks().plain("password in a row that is wrong", "");
    String more = doors.marks().plain("password in a column too many", "");
    String rows =
        "address,backend,host,port,username,password\n"
            + "file@isolation.example,smtp,127.0.0.1,%d,news,%s\n".formatted(port, good)
            + "no address,smtp,127.0.0.1,%d,news,%s\n".formatted(port, bad)
            + "more@isolation.example,smtp,127.0.0.1,%d,news,%s,%s\n".formatted(port, bad, more);
    Map<String, String> headers =
        Map.of("Authorization", "Bearer " + doors.key(), "Content-Type", "text/csv");
    doors.talk().ask(new Talk.Ask("POST", "/api/v1/mailboxes/import", headers, rows));
    String unclosed = rows.replace(bad, "\"" + bad);
    doors.talk().ask(new Talk.Ask("POST", "/api/v1/mailboxes/import", headers, unclosed));
  }
}
