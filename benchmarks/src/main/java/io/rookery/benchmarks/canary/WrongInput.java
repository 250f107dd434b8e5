// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static io.rookery.benchmarks.canary.Doors.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bodies that hold a secret and are wrong, each in another way. */
final class WrongInput {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String HERE = "SECRET";
  private static final int LONG = 400;

  private final Doors doors;

  WrongInput(Doors doors) {
    this.doors = doors;
  }

  void enter(String mailbox) throws Exception {
    String mail =
        json("backend", "smtp", "address", "a@canary.example", "secrets", Map.of("password", HERE));
    at("POST", "/api/v1/sessions", null, json("email", "a@canary.example", "password", HERE));
    at("POST", "/api/v1/sessions/refresh", null, json("refresh_token", HERE));
    at("POST", "/api/v1/sessions/verify", null, json("challenge", HERE, "code", HERE));
    at("POST", "/api/v1/sessions/unlock", null, json("token", HERE));
    at(
        "POST",
        "/api/v1/users",
        doors.key(),
        json("tenant", "nobody", "email", "a b", "name", "Ada", "password", HERE));
    at("POST", "/api/v1/mailboxes", doors.key(), mail);
    at(
        "PATCH",
        "/api/v1/mailboxes/" + mailbox,
        doors.key(),
        json("secrets", Map.of("password", HERE)));
    at(
        "PATCH",
        "/api/v1/mailbox-fallbacks/" + mailbox,
        doors.key(),
        "{\"fallbacks\":[" + mail + "]}");
    at("POST", "/api/v1/invitations/join", doors.key(), json("token", HERE));
    at("POST", "/api/v1/email-address/verify", null, json("token", HERE));
    at(
        "POST",
        "/api/v1/email-address/change",
        doors.key(),
        json("email", "a@canary.example", "password", HERE));
    at("POST", "/api/v1/second-factor/confirm", doors.key(), json("code", HERE));
    at("POST", "/api/v1/second-factor", doors.key(), json("password", HERE));
    at("POST", "/api/v1/second-factor/remove", doors.key(), json("password", HERE, "code", HERE));
  }

  private void at(String method, String path, String key, String body) throws Exception {
    String where = method + " " + path.replaceFirst("[0-9a-f-]{36}", "{id}");
    for (Map.Entry<String, String> way : ways(body).entrySet()) {
      String secret = doors.marks().fresh("secret at %s, %s".formatted(where, way.getKey()));
      doors.talk().ask(method, path, key, way.getValue().replace(HERE, escaped(secret)));
    }
    for (String type :
        new String[] {
          "text/plain", "text/csv", "application/xml", "application/x-www-form-urlencoded", "x"
        }) {
      String secret = doors.marks().fresh("secret at %s as %s".formatted(where, type));
      Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", type));
      if (key != null) {
        headers.put("Authorization", "Bearer " + key);
      }
      doors.talk().ask(new Talk.Ask(method, path, headers, body.replace(HERE, escaped(secret))));
      headers.put("Content-Encoding", "gzip");
      doors.talk().ask(new Talk.Ask(method, path, headers, body.replace(HERE, escaped(secret))));
    }
  }

  private static Map<String, String> ways(String body) throws Exception {
    String quoted = "\"" + HERE + "\"";
    Map<String, String> ways = new LinkedHashMap<>();
    ways.put("as it is", body);
    ways.put("cut off", body.substring(0, body.lastIndexOf('}')));
    ways.put("cut off within it", body.substring(0, body.lastIndexOf(HERE) + HERE.length()));
    ways.put("without quotes", body.replace(quoted, HERE));
    ways.put("in a list", body.replace(quoted, "[" + quoted + "]"));
    ways.put("in an object", body.replace(quoted, "{\"is\":" + quoted + "}"));
    ways.put("as a name", body.replace(quoted, "{" + quoted + ":1}"));
    ways.put("many times", body.replace(HERE, HERE.repeat(LONG)));
    ways.put("with a null character", body.replace(HERE, HERE + "\\u0000"));
    ways.put("with half a character", body.replace(HERE, HERE + "\\ud800"));
    ways.put("with a wrong escape", body.replace(HERE, HERE + "\\q"));
    ways.put("twice", body.replaceFirst("[{]", "{\"again\":" + quoted + ","));
    ways.put("as a name of the whole", body.replaceFirst("[{]", "{" + quoted + ":1,"));
    ways.put("as the whole", quoted);
    ways.put("behind the whole", body + quoted);
    ObjectNode whole = (ObjectNode) MAPPER.readTree(body);
    whole
        .properties()
        .forEach(
            member -> {
              if (!member.getKey().equals("email")) { // A name that one signs in by is no secret.
                ways.put(
                    "as " + member.getKey(),
                    whole.deepCopy().put(member.getKey(), HERE).toString());
              }
            });
    return ways;
  }

  private static String escaped(String secret) throws Exception {
    String quoted = MAPPER.writeValueAsString(secret);
    return quoted.substring(1, quoted.length() - 1);
  }
}
