// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.spi.mail.CaughtMail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Holds one mail with an HTML and a text part. */
final class FakeCaughtMail implements CaughtMail {

  static final UUID ID = UUID.fromString("01900000-0000-7000-8000-0000000000aa");
  static final String SOURCE =
      String.join(
          "\r\n",
          "From: =?utf-8?Q?J=C3=B6rg?= <joerg@example.org>",
          "To: ann@example.net",
          "Subject: =?utf-8?B?R3LDvMOfZQ==?=",
          "Date: Mon, 23 Nov 2026 10:00:00 +0000",
          "MIME-Version: 1.0",
          "Content-Type: multipart/alternative; boundary=b1",
          "",
          "--b1",
          "Content-Type: text/plain; charset=utf-8",
          "Content-Transfer-Encoding: quoted-printable",
          "",
          "Gr=C3=BC=C3=9Fe",
          "--b1",
          "Content-Type: text/html; charset=iso-8859-1",
          "Content-Transfer-Encoding: base64",
          "",
          "PGI+R3L832U8L2I+",
          "--b1--",
          "");

  private final List<Caught> mails = new ArrayList<>();

  FakeCaughtMail() {
    mails.add(caught(SOURCE.getBytes(StandardCharsets.UTF_8)));
  }

  private static Caught caught(byte[] content) {
    return new Caught(
        ID, ID, Instant.EPOCH, "bounce@example.org", List.of("ann@example.net"), content);
  }

  @Override
  public List<Caught> list(UUID tenantId, UUID beyond, int limit) {
    return mails.isEmpty() || beyond != null ? List.of() : List.of(caught(null));
  }

  @Override
  public Optional<Caught> get(UUID tenantId, UUID id) {
    return mails.stream().filter(mail -> mail.id().equals(id)).findFirst();
  }

  @Override
  public int clear(UUID tenantId) {
    int count = mails.size();
    mails.clear();
    return count;
  }
}
