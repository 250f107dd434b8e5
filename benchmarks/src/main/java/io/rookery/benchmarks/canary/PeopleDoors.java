// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static io.rookery.benchmarks.canary.Doors.json;
import static io.rookery.benchmarks.canary.Doors.taken;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.isolation.MailedTokens;
import io.rookery.itests.isolation.Person;
import java.util.UUID;

/** People sign in, rightly and wrongly, with passwords, tokens and codes. */
final class PeopleDoors {

  private static final String SESSIONS = "/api/v1/sessions";

  private final Doors doors;

  PeopleDoors(Doors doors) {
    this.doors = doors;
  }

  void enter() throws Exception {
    String email = "canary-" + UUID.randomUUID() + "@people.example";
    String password = doors.marks().fresh("password of a person");
    String account =
        json("tenant", "operator", "email", email, "name", "Ada", "password", password);
    doors.made("users", account);
    doors.post("users", account);
    String wrong = doors.marks().fresh("wrong password");
    signIn(email, wrong);
    signIn("nobody@people.example", doors.marks().fresh("password of nobody"));
    JsonNode tokens = taken(signIn(email, password)).json().path("tokens");
    factor(email, password, tokens.path("access_token").asText());
    refresh(tokens.path("refresh_token").asText());
    mailed();
    for (String step : new String[] {"refresh", "unlock", "verify"}) {
      guess(step);
    }
  }

  private Talk.Answer signIn(String email, String password) throws Exception {
    return open(SESSIONS, json("email", email, "password", password));
  }

  private Talk.Answer open(String path, String body) throws Exception {
    return doors.talk().ask("POST", path, null, body);
  }

  /** Enrols, mistakes a code, confirms, signs in by a challenge, and loses the factor again. */
  private void factor(String email, String password, String token) throws Exception {
    Talk talk = doors.talk();
    String secret =
        taken(talk.ask("POST", "/api/v1/second-factor", token, json("password", password)))
            .json()
            .path("secret")
            .asText();
    String confirm = "/api/v1/second-factor/confirm";
    talk.ask("POST", confirm, token, json("code", doors.marks().plain("wrong code", "")));
    Talk.Answer confirmed =
        taken(talk.ask("POST", confirm, token, json("code", Person.code(secret))));
    JsonNode codes = confirmed.json().path("recovery_codes");
    String challenge =
        taken(signIn(email, password)).json().path("challenge").path("token").asText();
    String verify = SESSIONS + "/verify";
    open(verify, json("challenge", challenge, "code", doors.marks().plain("wrong code", "")));
    taken(open(verify, json("challenge", challenge, "code", codes.get(0).asText())));
    open(verify, json("challenge", challenge, "code", codes.get(0).asText()));
    String remove = "/api/v1/second-factor/remove";
    String wrong = doors.marks().plain("wrong code", "");
    talk.ask("POST", remove, token, json("password", password, "code", wrong));
    taken(
        talk.ask("POST", remove, token, json("password", password, "code", codes.get(1).asText())));
  }

  /** Uses a token up, and then once more, which ends the session. */
  private void refresh(String token) throws Exception {
    Talk.Answer next = taken(open(SESSIONS + "/refresh", json("refresh_token", token)));
    open(SESSIONS + "/refresh", json("refresh_token", token));
    doors.talk().ask("GET", SESSIONS, next.json().path("access_token").asText(), null);
  }

  /** Comes by the links of mails, with what is wrong first, then rightly, then once more. */
  private void mailed() throws Exception {
    MailedTokens links =
        new MailedTokens(
            doors.rookery().root(),
            doors.operator().rest(),
            doors.operator().side().owner().crowd());
    String unlock = doors.marks().mailed("token that unlocks", links.unlock());
    twice(SESSIONS + "/unlock", json("token", unlock));
    String reset = doors.marks().mailed("token that sets a password", links.reset());
    String redeem = "/api/v1/password-resets/redeem";
    open(redeem, json("token", reset, "password", "short"));
    twice(redeem, json("token", reset, "password", doors.marks().fresh("password that is set")));
    String invitation = doors.marks().mailed("token of an invitation", links.invitation());
    String accept = "/api/v1/invitations/accept";
    open(accept, json("token", invitation, "name", "Eve", "password", "short"));
    String joins = doors.marks().fresh("password of somebody invited");
    twice(accept, json("token", invitation, "name", "Eve", "password", joins));
    for (String page : new String[] {"unlock/" + unlock, "reset/" + reset}) {
      doors.talk().ask("GET", "/account/" + page, null, null);
      doors.talk().ask("GET", "/account/" + page + "x", null, null);
    }
  }

  private void twice(String path, String body) throws Exception {
    taken(open(path, body));
    open(path, body);
  }

  private void guess(String step) throws Exception {
    String guessed = doors.marks().plain("guessed token at " + step, "");
    open(
        SESSIONS + "/" + step,
        json("refresh_token", guessed, "token", guessed, "challenge", guessed, "code", "123456"));
  }
}
