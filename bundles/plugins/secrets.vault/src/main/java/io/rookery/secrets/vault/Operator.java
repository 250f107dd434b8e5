// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;

/** The server as an operator's token sees it. Refusals are shown in the server's own words. */
final class Operator {

  private static final int LONGEST = 200;
  private static final Duration READY = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 100;

  private final Wire wire;
  private final Guard guard;
  private final Secret token;

  Operator(Wire wire, Guard guard, Secret token) {
    this.wire = wire;
    this.guard = guard;
    this.token = token;
  }

  Wire wire() {
    return wire;
  }

  Guard guard() {
    return guard;
  }

  /** Returns what stands at a path, or an answer that is {@code absent}. */
  Answer get(String path) {
    return guard.repeatable(
        () -> {
          Answer answer = wire.get(path, token);
          return answer.absent() ? answer : require(path, answer);
        });
  }

  /** Writes what may be written twice. */
  Answer post(String path, JsonObject body) {
    return guard.repeatable(() -> require(path, wire.send("POST", path, token, body)));
  }

  /** Writes and has the answer wrapped for some seconds. */
  Answer wrapped(String path, JsonObject body, int seconds) {
    return guard.once(() -> require(path, wire.send("POST", path, token, body, seconds)));
  }

  /** Waits for a KV engine that was just mounted; it refuses everything until it is ready. */
  void awaitReady(String mount) {
    long end = System.nanoTime() + READY.toNanos();
    while (guard.once(() -> wire.get(mount + "/config", token)).words().contains("pgrading")) {
      if (System.nanoTime() - end > 0) {
        throw Failures.unreachable(
            "The engine at " + mount + " does not become ready; look into the server's log", null);
      }
      guard.pause(POLL_MILLIS);
    }
  }

  private Answer require(String path, Answer answer) {
    if (answer.done() || answer.status() >= 429) {
      return guard.require(answer);
    } else if (answer.status() == 403) {
      throw Failures.denied(
          "The token may not use "
              + path
              + ", or is none; take a token of an administrator, and"
              + " compare namespace with the server's");
    }
    throw Failures.denied("The server refuses " + path + ": " + shown(answer.words()));
  }

  /** What is sent under this token holds no secret, so neither do the words; they may be long. */
  private String shown(String words) {
    String plain = words.replace(token.reveal(), "…").replaceAll("\\p{Cntrl}+", " ");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }

  /** Returns what the server knows of a mount, or an empty object. */
  JsonObject mounted(String kind, String mount) {
    return Answer.object(get("sys/" + kind).data(), mount + "/");
  }
}
