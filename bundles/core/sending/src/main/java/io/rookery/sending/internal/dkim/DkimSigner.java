// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.crypto.Signatures;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Signs finished messages with DKIM (RFC 6376), relaxed/relaxed, with each of some keys. Keys are
 * taken up once, when a signer is made, so one is made for many messages. Thread-safe.
 */
public final class DkimSigner {

  private final List<KeySigner> keys;
  private final Queue<Work> idle = new ConcurrentLinkedQueue<>();

  /** What one thread works with. */
  private record Work(MessageDigest sha256, MessageHeader header, Octets canonical, Octets fields) {

    static Work create() {
      try {
        return new Work(
            MessageDigest.getInstance("SHA-256"),
            new MessageHeader(),
            new Octets(4096),
            new Octets(2048));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has SHA-256", e);
      }
    }
  }

  /**
   * Takes up keys; the field of the first stands at the top.
   *
   * @throws io.rookery.kernel.RookeryException {@code internal} where one cannot sign
   */
  public DkimSigner(Signatures signatures, List<DkimKey> keys) {
    this.keys = keys.stream().map(key -> new KeySigner(signatures, key)).toList();
  }

  /**
   * Returns the message with its signatures in front; where there is no key, the message itself.
   *
   * @param message header and body with CRLF line ends; not changed
   * @param at when it is signed, by business time
   * @throws io.rookery.kernel.RookeryException {@code internal} where signing fails
   */
  public byte[] sign(byte[] message, Instant at) {
    if (keys.isEmpty()) {
      return message;
    }
    Work work = idle.poll();
    if (work == null) {
      work = Work.create();
    }
    byte[] signed = sign(work, message, at.getEpochSecond());
    // What has failed half-way is not used again.
    idle.add(work);
    return signed;
  }

  private byte[] sign(Work work, byte[] message, long seconds) {
    MessageHeader header = work.header();
    Octets canonical = work.canonical();
    Octets fields = work.fields();
    canonical.cut(0);
    fields.cut(0);
    header.read(message);
    byte[] body =
        Base64.getEncoder().encode(RelaxedBody.digest(work.sha256(), message, header.body()));
    header.writeTo(canonical);
    int length = canonical.length();
    for (KeySigner key : keys) {
      SignatureField field = key.field(header);
      canonical.cut(length);
      field.writeUnsigned(canonical, seconds, body);
      field.write(fields, seconds, body, key.sign(canonical, work.sha256()));
    }
    byte[] signed = new byte[fields.length() + message.length];
    System.arraycopy(fields.array(), 0, signed, 0, fields.length());
    System.arraycopy(message, 0, signed, fields.length(), message.length);
    return signed;
  }
}
