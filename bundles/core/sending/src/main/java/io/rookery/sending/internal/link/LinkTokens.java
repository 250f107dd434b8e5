// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.link;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.kernel.Uuids;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes and reads the tokens in links: key id, tenant, message and link number, then the first 96
 * bits of a code under a key of the link's own purpose. A token holds no address and no target.
 * Thread-safe.
 */
public final class LinkTokens {

  private static final int BODY = 1 + 16 + 16 + 2;
  private static final int CODE = 12;

  private final PlatformKeys keys;

  /** Makes tokens with the platform's keys. */
  public LinkTokens(PlatformKeys keys) {
    this.keys = keys;
  }

  /** Returns a token in the URL-safe alphabet of RFC 4648 §5, 63 characters. */
  public String make(KeyPurpose purpose, UUID tenantId, UUID messageId, int number) {
    PlatformKey key = keys.current(purpose);
    ByteBuffer token = ByteBuffer.allocate(BODY + CODE);
    token.put((byte) key.id());
    token.put(Uuids.toBytes(tenantId)).put(Uuids.toBytes(messageId)).putShort((short) number);
    byte[] code = key.mac(Arrays.copyOf(token.array(), BODY));
    token.put(code, 0, CODE);
    return encode(token.array());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Reads a token of a purpose, or returns empty where we did not make it for that purpose. */
  public Optional<Link> read(KeyPurpose purpose, String token) {
    byte[] bytes = decode(token);
    if (bytes == null) {
      return Optional.empty();
    }
    return keys.find(purpose, bytes[0] & 0xFF)
        .filter(key -> genuine(key, bytes))
        .map(key -> link(bytes));
  }

  private static byte[] decode(String token) {
    if (token == null || token.length() != (BODY + CODE) * 8 / 6 + 1) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      // The last character has room for bits beyond the last byte: only the spelling that we use
      // is a token, so that no token has two.
      return bytes.length == BODY + CODE && encode(bytes).equals(token) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean genuine(PlatformKey key, byte[] bytes) {
    byte[] code = Arrays.copyOf(key.mac(Arrays.copyOf(bytes, BODY)), CODE);
    return MessageDigest.isEqual(code, Arrays.copyOfRange(bytes, BODY, BODY + CODE));
  }

  private static Link link(byte[] bytes) {
    int number = ByteBuffer.wrap(bytes, BODY - 2, 2).getShort() & 0xFFFF;
    return new Link(Uuids.fromBytes(bytes, 1), Uuids.fromBytes(bytes, 17), number);
  }

  /** What a token stands for; the number is that of a click link, else 0. */
  public record Link(UUID tenantId, UUID messageId, int number) {}
}
