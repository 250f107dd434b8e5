// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static io.rookery.benchmarks.canary.Doors.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** API keys, right and wrong, wherever somebody may put one. */
final class KeyDoors {

  private static final String LIVE = "rky_live_";
  private static final int LONG = 20_000;

  private final Doors doors;

  KeyDoors(Doors doors) {
    this.doors = doors;
  }

  void enter() throws Exception {
    String wanted = json("name", "Canary", "scopes", List.of("contacts"));
    Map<String, String> twice =
        Map.of(
            "Authorization",
            "Bearer " + doors.key(),
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    Talk.Ask create = new Talk.Ask("POST", "/api/v1/api-keys", twice, wanted);
    Talk.Answer made = Doors.taken(doors.talk().ask(create));
    doors.talk().ask(create);
    String id = made.json().path("id").asText();
    Talk.Answer next = doors.made("api-keys/" + id + "/rotate", json("grace_hours", 1));
    String key = next.json().path("secret").asText();
    everywhere(key);
    everywhere(doors.marks().plain("key that nobody has", LIVE));
    doors.made("api-keys/" + next.json().path("id").asText() + "/revoke", "");
    everywhere(key);
  }

  private void everywhere(String key) throws Exception {
    String basic = Base64.getEncoder().encodeToString((key + ":" + key).getBytes(UTF_8));
    String[][] headers = {
      {"Authorization", "Bearer " + key},
      {"Authorization", "bearer  " + key + " " + key},
      {"Authorization", "Basic " + basic},
      {"Authorization", key},
      {"X-Api-Key", key},
      {"Cookie", "session=" + key},
      {"Proxy-Authorization", "Bearer " + key},
      {"Origin", "https://" + key + ".example"}
    };
    for (String[] header : headers) {
      get("/api/v1/contacts", Map.of(header[0], header[1]));
    }
    for (String path : List.of("/api/v1/contacts?api_key=", "/api/v1/contacts/", "/api/v1/", "/")) {
      get(path + key, Map.of());
      get(path + key, Map.of("Authorization", "Bearer " + key));
    }
    for (String path : List.of("/u/", "/t/o/", "/t/c/", "/oauth/callback?state=")) {
      get(path + key, Map.of());
    }
    raw("GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + key + "\1\r\n\r\n");
    raw("GET /api/v1/me HTTP/1.1\r\nHost: a\r\nAuthorization: " + key.repeat(LONG / key.length()));
    raw("GET /" + key + " HTTP/9.9\r\nAuthorization: Bearer " + key + "\r\n\r\n");
    raw("AUTHORIZATION " + key + "\r\n\r\n");
  }

  private void get(String path, Map<String, String> headers) throws Exception {
    doors.talk().ask(new Talk.Ask("GET", path, headers, null));
  }

  /** Says something that is no HTTP, and listens to what comes back. */
  private void raw(String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", doors.rookery().root().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write((text + "\r\n\r\n").getBytes(ISO_8859_1));
      out.flush();
      doors
          .talk()
          .heard("what is no HTTP", new String(socket.getInputStream().readNBytes(4096), UTF_8));
    } catch (IOException e) {
      // Cut off, as is right, too.
    }
  }
}
