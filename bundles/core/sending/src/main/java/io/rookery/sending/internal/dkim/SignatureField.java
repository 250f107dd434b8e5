// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import io.rookery.api.mailboxes.DkimKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A DKIM-Signature field (RFC 6376 §3.5) of which all that stays the same is written already: of
 * one key, for headers with the same fields. Immutable; thread-safe.
 */
final class SignatureField {

  private static final byte[] TIME = ascii("\r\n t=");
  private static final byte[] DIGEST = ascii(";\r\n bh=");
  private static final byte[] VALUE = ascii(";\r\n b=");
  private static final byte[] RELAXED_TIME = ascii(" t=");
  private static final byte[] RELAXED_DIGEST = ascii("; bh=");
  private static final byte[] RELAXED_VALUE = ascii("; b=");
  private static final byte[] FOLD = ascii("\r\n ");
  private static final byte[] END = ascii("\r\n");
  private static final int LINE = 72;

  private final byte[] wire;
  private final byte[] relaxed;

  /** Prepares the field of a key for headers like the one that was read. */
  SignatureField(DkimKey key, MessageHeader header) {
    String algorithm =
        switch (key.algorithm()) {
          case RSA_SHA256 -> "rsa-sha256";
          case ED25519_SHA256 -> "ed25519-sha256";
        };
    Folded text =
        new Folded("DKIM-Signature", "dkim-signature")
            .text("v=1;")
            .word("a=" + algorithm + ";")
            .word("c=relaxed/relaxed;")
            .word("d=" + key.domain() + ";")
            .word("s=" + key.selector() + ";");
    String before = "h=";
    for (SignedField field : SignedField.values()) {
      for (int i = field.listed(header.times(field)); i > 0; i--) {
        if (before.equals("h=")) {
          text.word(before + field.title());
        } else {
          text.text(before).item(field.title());
        }
        before = ":";
      }
    }
    text.text(";");
    this.wire = text.wire();
    this.relaxed = text.relaxed();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Appends the field in its relaxed form and without a signature, as it is signed.
   *
   * @param seconds when it is signed, in seconds since 1970
   * @param bodyDigest the body's digest, in base64
   */
  void writeUnsigned(Octets out, long seconds, byte[] bodyDigest) {
    out.append(relaxed);
    out.append(RELAXED_TIME);
    out.appendDecimal(seconds);
    out.append(RELAXED_DIGEST);
    out.append(bodyDigest);
    out.append(RELAXED_VALUE);
  }

  /** Appends the field with a signature, as it goes on the wire. */
  void write(Octets out, long seconds, byte[] bodyDigest, byte[] signature) {
    out.append(wire);
    out.append(TIME);
    out.appendDecimal(seconds);
    out.append(DIGEST);
    out.append(bodyDigest);
    out.append(VALUE);
    byte[] value = Base64.getEncoder().encode(signature);
    for (int at = 0; at < value.length; at += LINE) {
      if (at > 0) {
        out.append(FOLD);
      }
      out.append(value, at, Math.min(LINE, value.length - at));
    }
    out.append(END);
  }
}
