// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.tenancy.internal.audit.head.Head.Signed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * A head as a line of text: {@code head1 TENANT SEQ HASH SIGNED_AT KEY_ID SIGNATURE}, the hash in
 * hexadecimal, the signature in Base64.
 */
final class HeadLine {

  private static final String FORM = "head1";
  private static final int PARTS = 7;

  private HeadLine() {}

  static String write(Signed signed) {
    Head head = signed.head();
    return String.join(
        " ",
        FORM,
        head.tenantId().toString(),
        Long.toString(head.seq()),
        HexFormat.of().formatHex(head.hash()),
        head.signedAt().toString(),
        Integer.toString(signed.keyId()),
        Base64.getEncoder().encodeToString(signed.signature()));
  }

  /** Returns the head of a line, or empty where it is none, or only a part of one. */
  static Optional<Signed> read(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != PARTS || !parts[0].equals(FORM)) {
      return Optional.empty();
    }
    try {
      Head head =
          new Head(
              UUID.fromString(parts[1]),
              Long.parseLong(parts[2]),
              HexFormat.of().parseHex(parts[3]),
              Instant.parse(parts[4]));
      byte[] signature = Base64.getDecoder().decode(parts[6]);
      return Optional.of(new Signed(head, Integer.parseInt(parts[5]), signature));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
