// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Crowd;
import io.rookery.itests.isolation.Door;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Operation.Access;
import io.rookery.itests.isolation.Person;
import io.rookery.itests.isolation.Stage.Tenant;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Everybody who attacks an owner. Another kind of attacker is one more line here. */
final class Attackers {

  /** A test key shares contacts, lists and templates with live ones, and nothing else. */
  private static final Set<String> LIVE =
      Set.of("/api/v1/campaigns", "/api/v1/messages", "/api/v1/api-keys");

  private static final Set<String> NOT_FOR_TEST_KEYS =
      Set.of("secrets", "hosts", "domains", "billing");
  private static final Set<String> NOT_FOR_MEMBERS = Set.of("admin", "secrets", "hosts", "billing");
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
              o -> o.takesOnly(taken -> !taken.startsWith(scope)),
              (o, answer) -> answer.status() == 403));
    }
    Door test = makes.door(makes.key("scopes", ALL, "mode", "test").path("secret").asText());
    all.add(
        new Attacker(
            "a test key", test, Attackers::live, (o, answer) -> answer.status() / 100 == 4));
    makes.people(all);
    all.add(
        new Attacker(
            "another tenant's key",
            stranger,
            o -> o.access() == Access.OPERATOR || o.hasPathParameters(),
            (o, answer) ->
                answer.status() == 404 || o.access() == Access.OPERATOR && answer.status() == 403));
    return all;
  }

  /** People of the tenant itself, who may not do all, and tokens that are worth nothing. */
  private void people(List<Attacker> all) throws Exception {
    Crowd crowd = owner.side().owner().crowd();
    all.add(byRole("a viewer's token", "viewer", o -> o.takesOnly(s -> !s.endsWith(":read"))));
    all.add(
        byRole(
            "a member's token",
            "member",
            o -> o.takesOnly(s -> NOT_FOR_MEMBERS.contains(s.replace(":read", "")))));
    all.add(Attacker.unknown("a refresh token", door(crowd.tokens("owner").path("refresh_token"))));
    Person left = crowd.person();
    left.door().send(new Call("DELETE", "/api/v1/sessions/current", List.of(), Map.of(), null, ""));
    all.add(Attacker.unknown("the token of a session that has ended", gone(left.door())));
    all.add(
        Attacker.unknown("a token whose refresh token came twice", gone(door(replayed(crowd)))));
  }

  private Attacker byRole(String name, String role, Predicate<Operation> closed) throws Exception {
    Door door = door(owner.side().owner().crowd().tokens(role).path("access_token"));
    return new Attacker(
        name,
        door,
        o -> o.access() == Access.OPERATOR || closed.test(o),
        (o, answer) -> answer.status() == 403);
  }

  /**
   * Returns the newest access token of a family, which ends as an old refresh token comes again.
   */
  private static JsonNode replayed(Crowd crowd) throws IOException, InterruptedException {
    String first = crowd.tokens("owner").path("refresh_token").asText();
    JsonNode newest = crowd.refreshed(first).path("access_token");
    try {
      crowd.refreshed(first);
    } catch (IOException refused) {
      return newest;
    }
    throw new IOException("A refresh token was taken twice");
  }

  private Door door(JsonNode token) {
    return door(token.asText());
  }

  private static boolean live(Operation operation) {
    return operation.access() == Access.OPERATOR
        || operation.takesOnly(s -> NOT_FOR_TEST_KEYS.contains(s.replace(":read", "")))
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
