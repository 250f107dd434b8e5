// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Somebody who is signed in.
 *
 * @param root where the platform is
 * @param token the access token
 * @param otherSession another session of the same person
 * @param mail has the person invited and reads the mail
 */
public record Person(URI root, String token, String otherSession, Invited mail) {

  /** Has a person invited by another tenant; returns the token of the link in the mail. */
  interface Invited {
    String token() throws Exception;
  }

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  public Door door() {
    return new Door(root, token);
  }

  /** Begins to add a second factor; returns what confirms it. */
  Map<String, Object> enrolled() throws IOException, InterruptedException {
    String secret = rest().post("second-factor", Crowd.password()).path("secret").asText();
    return Rest.object("code", code(secret));
  }

  /** Adds a second factor; returns what removes it. */
  Map<String, Object> confirmed() throws IOException, InterruptedException {
    JsonNode codes = rest().post("second-factor/confirm", enrolled()).path("recovery_codes");
    return Rest.object("password", Crowd.PASSWORD, "code", codes.path(0).asText());
  }

  /** Has another tenant invite the person; returns what takes that up. */
  Map<String, Object> invited() throws Exception {
    return Rest.object("token", mail.token());
  }

  /** Registers a host and has a key put on it; returns the ids of both. */
  List<String> hostKey() throws Exception {
    return SshHost.get().installed(rest());
  }

  private Rest rest() {
    return new Rest(root, token);
  }

  /** Returns the code of a secret now, as an authenticator does it (RFC 6238). */
  public static String code(String secret) {
    return code(secret, Instant.now().getEpochSecond() / 30);
  }

  /** Returns the code of a secret in a step of 30 seconds since 1970. */
  public static String code(String secret, long step) {
    ByteBuffer key = ByteBuffer.allocate(secret.length() * 5 / 8);
    int held = 0;
    int bits = 0;
    for (char next : secret.toCharArray()) {
      held = (held << 5 | BASE32.indexOf(next)) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        key.put((byte) (held >> bits));
      }
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.array(), "RAW"));
      byte[] code = mac.doFinal(ByteBuffer.allocate(8).putLong(step).array());
      int number = ByteBuffer.wrap(code).getInt(code[19] & 0xf) & 0x7fffffff;
      return "%06d".formatted(number % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
