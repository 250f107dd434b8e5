// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.reach;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/**
 * What stands in the path of a proof: a key's id, the moment, and 128 bits of a code over both and
 * the public address. No other link's token has its length. Thread-safe.
 */
public final class ProofToken {

  private static final int BODY = 1 + Long.BYTES;
  private static final int CODE = 16;
  private static final int CHARACTERS = 34;

  /** A proof is under way for seconds; two clocks may differ by a little. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final PlatformKeys keys;
  private final byte[] address;

  /** Proofs for an address without a slash at its end. */
  public ProofToken(PlatformKeys keys, String baseUrl) {
    this.keys = keys;
    this.address = baseUrl.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns a proof of this moment. */
  public String make(Instant now) {
    PlatformKey key = keys.current(KeyPurpose.PUBLIC_REACH);
    ByteBuffer body = ByteBuffer.allocate(BODY).put((byte) key.id()).putLong(now.toEpochMilli());
    byte[] token =
        ByteBuffer.allocate(BODY + CODE).put(body.array()).put(code(key, body.array())).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** Returns whether a token is one that was made for this address a short while ago. */
  public boolean isGenuine(String token, Instant now) {
    if (token == null || token.length() != CHARACTERS || !token.matches("[\\w-]+")) {
      return false;
    }
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    byte[] body = Arrays.copyOf(bytes, BODY);
    Instant made = Instant.ofEpochMilli(ByteBuffer.wrap(body, 1, Long.BYTES).getLong());
    return Duration.between(made, now).abs().compareTo(LIFE) < 0
        && keys.find(KeyPurpose.PUBLIC_REACH, body[0] & 0xFF)
            .filter(
                key ->
                    MessageDigest.isEqual(
                        code(key, body), Arrays.copyOfRange(bytes, BODY, BODY + CODE)))
            .isPresent();
  }

  /**
   * Returns what only who has the platform's keys can answer to a genuine token. Its code is over a
   * text that begins where no token's does: there the address would begin, with a scheme.
   */
  public String answer(String token) {
    PlatformKey key = keys.current(KeyPurpose.PUBLIC_REACH);
    byte[] text = ("answer:" + token + ":").getBytes(StandardCharsets.UTF_8);
    byte[] all = ByteBuffer.allocate(text.length + address.length).put(text).put(address).array();
    byte[] code = Arrays.copyOf(key.mac(all), CODE);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
  }

  private byte[] code(PlatformKey key, byte[] body) {
    byte[] all = ByteBuffer.allocate(BODY + address.length).put(body).put(address).array();
    return Arrays.copyOf(key.mac(all), CODE);
  }
}
