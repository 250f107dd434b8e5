// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes and reads the local parts of return paths: {@code b-} and 60 digits of base32, in all 62 of
 * the 64 octets that a local part may have (RFC 5321 §4.5.3.1.1). They hold a key id (8 bits), the
 * random bits of the tenant's id (74), the message's id without the bits that every version 7 id
 * has (122), and the first 96 bits of a code over all of that under a key of this purpose alone.
 * Letters count in either case, as servers on the way change it. Thread-safe.
 */
public final class ReturnPathTokens {

  private static final String PREFIX = "b-";
  private static final int DIGITS = 60;
  private static final int RAND_A = 12;
  private static final int RAND_B = 62;
  private static final int STAMP = 48;
  private static final int VERSION = 7;
  private static final int CODE = 12;
  private static final int BODY = 1 + 2 + 8 + 16;

  private final PlatformKeys keys;

  /** Makes tokens with the platform's keys. */
  public ReturnPathTokens(PlatformKeys keys) {
    this.keys = keys;
  }

  /** Returns the local part for a message, whose id is of version 7. */
  public String make(UUID tenantId, UUID messageId) {
    if (messageId.version() != VERSION || messageId.variant() != 2) {
      throw new IllegalArgumentException("Not a version 7 id: " + messageId);
    }
    PlatformKey key = keys.current(KeyPurpose.RETURN_PATH);
    Tail tenant = Tail.of(tenantId);
    ByteBuffer code = ByteBuffer.wrap(key.mac(body(key.id(), tenant, messageId)));
    StringBuilder text = new StringBuilder(PREFIX.length() + DIGITS).append(PREFIX);
    new Base32Writer(text)
        .put(key.id(), Byte.SIZE)
        .put(tenant.randA(), RAND_A)
        .put(tenant.randB(), RAND_B)
        .put(messageId.getMostSignificantBits() >>> 16, STAMP)
        .put(messageId.getMostSignificantBits(), RAND_A)
        .put(messageId.getLeastSignificantBits(), RAND_B)
        .put(code.getLong(), Long.SIZE)
        .put(code.getInt(), Integer.SIZE);
    return text.toString();
  }

  /** Reads a local part, or returns empty where we did not make it. */
  public Optional<Token> read(String localPart) {
    if (localPart == null
        || localPart.length() != PREFIX.length() + DIGITS
        || !localPart.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
        || !Base32Reader.isBase32(localPart, PREFIX.length())) {
      return Optional.empty();
    }
    Base32Reader bits = new Base32Reader(localPart, PREFIX.length());
    int keyId = (int) bits.take(Byte.SIZE);
    Tail tenant = new Tail((int) bits.take(RAND_A), bits.take(RAND_B));
    long high = bits.take(STAMP) << 16 | (long) VERSION << RAND_A | bits.take(RAND_A);
    UUID messageId = new UUID(high, 1L << 63 | bits.take(RAND_B));
    byte[] code =
        ByteBuffer.allocate(CODE)
            .putLong(bits.take(Long.SIZE))
            .putInt((int) bits.take(Integer.SIZE))
            .array();
    return keys.find(KeyPurpose.RETURN_PATH, keyId)
        .filter(key -> isGenuine(key, body(keyId, tenant, messageId), code))
        .map(key -> new Token(tenant, messageId));
  }

  private static boolean isGenuine(PlatformKey key, byte[] body, byte[] code) {
    return MessageDigest.isEqual(Arrays.copyOf(key.mac(body), CODE), code);
  }

  private static byte[] body(int keyId, Tail tenant, UUID messageId) {
    return ByteBuffer.allocate(BODY)
        .put((byte) keyId)
        .putShort((short) tenant.randA())
        .putLong(tenant.randB())
        .putLong(messageId.getMostSignificantBits())
        .putLong(messageId.getLeastSignificantBits())
        .array();
  }

  /** What a token stands for. */
  public record Token(Tail tenant, UUID messageId) {}

  /** The random bits of an id (RFC 9562 §5.7): two ids of one platform never share all of them. */
  public record Tail(int randA, long randB) {

    /** Returns those of an id. */
    public static Tail of(UUID id) {
      return new Tail(
          (int) id.getMostSignificantBits() & (1 << RAND_A) - 1,
          id.getLeastSignificantBits() & (1L << RAND_B) - 1);
    }
  }
}
