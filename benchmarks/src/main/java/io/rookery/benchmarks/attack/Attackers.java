// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Door;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Operation.Access;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Everybody who attacks an owner. Another kind of attacker is one more line here. */
final class Attackers {

  /** A test key shares contacts, lists and templates with live ones, and nothing else. */
  private static final Set<String> LIVE =
      Set.of("/api/v1/campaigns", "/api/v1/messages", "/api/v1/api-keys");

  private static final Set<String> NOT_FOR_TEST_KEYS =
      Set.of("secrets", "hosts", "domains", "billing");
  private static final List<String> WEAK = List.of("inbox", "webhooks");
  private static final List<String> ALL =
      List.of("contacts", "campaigns", "templates", "mailboxes", "mail:send", "admin");

  private final Tenant owner;
  private final URI root;

  private Attackers(Tenant owner, URI root) {
    this.owner = owner;
    this.root = root;
  }

  /** Returns all who attack an owner, by keys that are made, and spoilt, now. */
  static List<Attacker> of(Tenant owner, Door stranger, URI root) throws Exception {
    Attackers makes = new Attackers(owner, root);
    List<Attacker> all = new ArrayList<>();
    all.add(Attacker.unknown("no key", new Door(root, null)));
    all.add(Attacker.unknown("a broken key", makes.door(broken(owner.key()))));
    all.add(Attacker.unknown("a revoked key", makes.revoked()));
    all.add(Attacker.unknown("an expired key", makes.expired()));
    for (String scope : WEAK) {
      Door weak = makes.door(makes.key("scopes", List.of(scope + ":read")).path("secret").asText());
      all.add(
          new Attacker(
              "a key of scope " + scope + ":read",
              weak,
              o -> !o.scope().isEmpty() && !o.scope().startsWith(scope),
              (o, answer) -> answer.status() == 403));
    }
    Door test = makes.door(makes.key("scopes", ALL, "mode", "test").path("secret").asText());
    all.add(
        new Attacker(
            "a test key", test, Attackers::live, (o, answer) -> answer.status() / 100 == 4));
    all.add(
        new Attacker(
            "another tenant's key",
            stranger,
            o -> o.access() == Access.OPERATOR || o.hasPathParameters(),
            (o, answer) ->
                answer.status() == 404 || o.access() == Access.OPERATOR && answer.status() == 403));
    return all;
  }

  private static boolean live(Operation operation) {
    return operation.access() == Access.OPERATOR
        || NOT_FOR_TEST_KEYS.contains(operation.scope().replace(":read", ""))
        || operation.hasPathParameters() && LIVE.contains(operation.collection());
  }

  private Door door(String key) {
    return new Door(root, key);
  }

  private static String broken(String key) {
    char last = key.charAt(key.length() - 1);
    return key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
  }

  private JsonNode key(Object... members) throws IOException, InterruptedException {
    var wanted = Rest.object(members);
    wanted.put("name", "Of an attacker");
    return owner.rest().post("api-keys", wanted);
  }

  private Door revoked() throws IOException, InterruptedException {
    JsonNode key = key("scopes", ALL);
    owner.rest().post("api-keys/" + key.path("id").asText() + "/revoke", null);
    return gone(door(key.path("secret").asText()));
  }

  private Door expired() throws IOException, InterruptedException {
    Instant soon = Instant.now().plusSeconds(3);
    JsonNode key = key("scopes", ALL, "expires_at", soon.toString());
    return gone(door(key.path("secret").asText()));
  }

  /** Waits until a key is no longer taken: two seconds on each node, or its expiry. */
  private static Door gone(Door door) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (door.send(Call.get("/api/v1/me")).succeeded()) {
      if (System.nanoTime() > end) {
        throw new IOException("The key is still taken");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return door;
  }
}
