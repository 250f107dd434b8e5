// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** The people of a tenant, whom the operator makes as many of as are wanted. */
public final class Crowd {

  /** The password of all. */
  public static final String PASSWORD = "grey otter, 9 stones";

  private final URI root;
  private final Rest operator;
  private final String tenant;

  public Crowd(URI root, Rest operator, String tenant) {
    this.root = root;
    this.operator = operator;
    this.tenant = tenant;
  }

  /** Returns what makes one more account. */
  Map<String, Object> userData() {
    return userData("member");
  }

  private Map<String, Object> userData(String role) {
    return Rest.object(
        "tenant",
        tenant,
        "email",
        "p" + UUID.randomUUID() + "@people.example",
        "name",
        "Ada Lovelace",
        "password",
        PASSWORD,
        "role",
        role);
  }

  /** Returns the tokens of one more person, who has a role. */
  public JsonNode tokens(String role) throws IOException, InterruptedException {
    return signedIn(operator.post("users", userData(role)).path("email").asText());
  }

  /** Returns the answer to a refresh token; throws where it is refused. */
  public JsonNode refreshed(String token) throws IOException, InterruptedException {
    return operator.post("sessions/refresh", Rest.object("refresh_token", token));
  }

  private JsonNode made() throws IOException, InterruptedException {
    return operator.post("users", userData());
  }

  /** Returns the id of one more membership. */
  String member() throws IOException, InterruptedException {
    return made().path("id").asText();
  }

  /** Returns the address of one more account. */
  String email() throws IOException, InterruptedException {
    return made().path("email").asText();
  }

  /** Returns one more administrator, signed in twice. */
  public Person person() throws IOException, InterruptedException {
    String email = operator.post("users", userData("admin")).path("email").asText();
    String other = signedIn(email).path("session_id").asText();
    return new Person(
        root,
        signedIn(email).path("access_token").asText(),
        other,
        () -> new Invitations(root, operator).token(email));
  }

  /** Returns what signs one more person in. */
  public Map<String, Object> credentials() throws IOException, InterruptedException {
    return credentials(email());
  }

  private static Map<String, Object> credentials(String email) {
    return Rest.object("email", email, "password", PASSWORD);
  }

  /** Returns what shows that somebody is who has signed in. */
  static Map<String, Object> password() {
    return Rest.object("password", PASSWORD);
  }

  /** Returns what changes anybody's address. */
  static Map<String, Object> newAddress() {
    return credentials("n" + UUID.randomUUID() + "@people.example");
  }

  /** Returns the tokens of somebody who signs in. */
  JsonNode signedIn(String email) throws IOException, InterruptedException {
    return operator.post("sessions", credentials(email)).path("tokens");
  }

  /** Returns what signs in one more person who is asked for a second factor. */
  public Map<String, Object> challenged() throws IOException, InterruptedException {
    String email = email();
    Person person =
        new Person(root, signedIn(email).path("access_token").asText(), "", () -> "none");
    String code = person.confirmed().get("code").toString();
    JsonNode challenge = operator.post("sessions", credentials(email)).path("challenge");
    return Rest.object("challenge", challenge.path("token").asText(), "code", code);
  }
}
