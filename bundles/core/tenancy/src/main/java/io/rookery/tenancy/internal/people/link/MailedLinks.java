// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.link;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Base64.Encoder;
import java.util.UUID;

/**
 * The tokens of mailed links: what they say, and an HMAC-SHA256 over it under a platform key. They
 * are derived whenever they are needed and kept nowhere. The digest takes in the address that the
 * link is mailed to, so that it stops to work where the account has another one. Thread-safe.
 */
public final class MailedLinks {

  private static final Encoder TEXT = Base64.getUrlEncoder().withoutPadding();
  private static final int BODY = 1 + 8 + 3 * 16;
  private static final int MAC = 32;
  private static final long LATEST = 1L << 33;

  private final PlatformKeys keys;

  /** Works with the platform's keys. */
  public MailedLinks(PlatformKeys keys) {
    this.keys = keys;
  }

  /** A link as it was read; nothing of it is true before {@link #require}. */
  public record Claimed(MailedLink link, byte[] body, byte[] mac) {}

  /** Returns the token of a link that goes to an address, named by its key. */
  public Secret token(MailedLink link, String emailKey) {
    PlatformKey key = keys.current(KeyPurpose.PERSON_LINK);
    byte[] body =
        put(ByteBuffer.allocate(BODY), link.id(), link.tenantId(), link.subjectId())
            .putLong(link.expiresAt().getEpochSecond())
            .put((byte) key.id())
            .array();
    byte[] mac = mac(key, link.kind(), body, emailKey);
    byte[] all = ByteBuffer.allocate(BODY + MAC).put(body).put(mac).array();
    return Secret.of(link.kind().prefix() + TEXT.encodeToString(all));
  }

  private static ByteBuffer put(ByteBuffer buffer, UUID... ids) {
    for (UUID id : ids) {
      buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return buffer;
  }

  /**
   * Reads a token of a kind.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where it cannot be one, or
   *     has expired
   */
  public Claimed read(LinkKind kind, Secret token, Instant now) {
    String text = token.reveal();
    byte[] all = text.startsWith(kind.prefix()) ? bytes(text, kind) : new byte[0];
    if (all.length != BODY + MAC) {
      throw TokenKind.refused();
    }
    ByteBuffer body = ByteBuffer.wrap(all);
    UUID id = id(body);
    UUID tenant = id(body);
    UUID subject = id(body);
    // A number that no moment has would throw; what it says is not proven yet.
    long seconds = Math.min(Math.max(body.getLong(), 0), LATEST);
    MailedLink link = new MailedLink(kind, id, tenant, subject, Instant.ofEpochSecond(seconds));
    if (!now.isBefore(link.expiresAt())) {
      throw TokenKind.refused();
    }
    return new Claimed(link, Arrays.copyOf(all, BODY), Arrays.copyOfRange(all, BODY, BODY + MAC));
  }

  private static byte[] bytes(String text, LinkKind kind) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text.substring(kind.prefix().length()));
      // One token has one spelling.
      return text.endsWith("_" + TEXT.encodeToString(all)) ? all : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static UUID id(ByteBuffer body) {
    return new UUID(body.getLong(), body.getLong());
  }

  /**
   * Returns what a token says that was made for an address.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where it was not
   */
  public MailedLink require(Claimed claimed, String emailKey) {
    int keyId = Byte.toUnsignedInt(claimed.body()[BODY - 1]);
    boolean right =
        keys.find(KeyPurpose.PERSON_LINK, keyId)
            .map(key -> mac(key, claimed.link().kind(), claimed.body(), emailKey))
            .filter(mac -> MessageDigest.isEqual(mac, claimed.mac()))
            .isPresent();
    if (!right) {
      throw TokenKind.refused();
    }
    return claimed.link();
  }

  private static byte[] mac(PlatformKey key, LinkKind kind, byte[] body, String emailKey) {
    byte[] address = emailKey.getBytes(StandardCharsets.UTF_8);
    byte[] purpose = (kind.page() + "\n").getBytes(StandardCharsets.UTF_8);
    return key.mac(
        ByteBuffer.allocate(purpose.length + body.length + address.length)
            .put(purpose)
            .put(body)
            .put(address)
            .array());
  }
}
