// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.crypto.SignatureAlgorithm;
import io.rookery.crypto.Signatures;
import io.rookery.crypto.SigningKey;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the signature fields of one key. Thread-safe. */
final class KeySigner {

  private static final int MOST_TIMES = 14;
  private static final long NO_SHAPE = -1;

  private final DkimKey key;
  private final SigningKey signing;
  private final Map<Long, SignatureField> fields = new ConcurrentHashMap<>();

  KeySigner(Signatures signatures, DkimKey key) {
    if (!isName(key.domain()) || !isName(key.selector())) {
      // It would end up in the header of every mail.
      throw new RookeryException(CommonErrors.INTERNAL, "A signing key has no domain name: " + key);
    }
    this.key = key;
    this.signing =
        signatures.prepare(
            switch (key.algorithm()) {
              case RSA_SHA256 -> SignatureAlgorithm.RSA_SHA256;
              case ED25519_SHA256 -> SignatureAlgorithm.ED25519;
            },
            key.privateKey());
  }

  private static boolean isName(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0));
  }

  /** Returns the field for headers like the one that was read. */
  SignatureField field(MessageHeader header) {
    long shape = shape(header);
    return shape == NO_SHAPE
        ? new SignatureField(key, header)
        : fields.computeIfAbsent(shape, any -> new SignatureField(key, header));
  }

  /** Returns how often each field stands in the header, four bits for each of the sixteen. */
  private static long shape(MessageHeader header) {
    long shape = 0;
    for (SignedField field : SignedField.values()) {
      int times = header.times(field);
      if (times > MOST_TIMES) {
        return NO_SHAPE;
      }
      shape = shape << 4 | times;
    }
    return shape;
  }

  /** Returns the signature of the header in its relaxed form with the unsigned field at its end. */
  byte[] sign(Octets header, MessageDigest sha256) {
    return switch (key.algorithm()) {
      case RSA_SHA256 -> signing.sign(header.array(), 0, header.length());
      case ED25519_SHA256 -> {
        // The digest is what is signed, not what is digested (RFC 8463 §3).
        sha256.update(header.array(), 0, header.length());
        byte[] digest = sha256.digest();
        yield signing.sign(digest, 0, digest.length);
      }
    };
  }
}
