// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The header fields that are signed, in the order in which they are listed. A guarded one is listed
 * once more than it stands there, so that nobody can add another without breaking the signature
 * (RFC 6376 §8.15). Those that a mailing list on the way adds of its own are not guarded.
 */
enum SignedField {
  FROM("From", true),
  TO("To", true),
  CC("Cc", true),
  SUBJECT("Subject", true),
  DATE("Date", true),
  MESSAGE_ID("Message-ID", true),
  MIME_VERSION("MIME-Version", true),
  CONTENT_TYPE("Content-Type", true),
  CONTENT_TRANSFER_ENCODING("Content-Transfer-Encoding", true),
  REPLY_TO("Reply-To", true),
  IN_REPLY_TO("In-Reply-To", true),
  REFERENCES("References", true),
  LIST_UNSUBSCRIBE("List-Unsubscribe", false),
  LIST_UNSUBSCRIBE_POST("List-Unsubscribe-Post", false),
  LIST_ID("List-Id", false),
  FEEDBACK_ID("Feedback-ID", false);

  private static final List<List<SignedField>> BY_LENGTH = byLength();

  private final String title;
  private final boolean guarded;
  private final byte[] canonical;

  SignedField(String title, boolean guarded) {
    this.title = title;
    this.guarded = guarded;
    this.canonical = title.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  private static List<List<SignedField>> byLength() {
    List<List<SignedField>> lists = new ArrayList<>();
    for (int length = 0; length <= 25; length++) {
      int wanted = length;
      lists.add(List.of(values()).stream().filter(f -> f.title.length() == wanted).toList());
    }
    return lists;
  }

  /** Returns the field whose name stands in a part of an array, in any case, or null. */
  static SignedField find(byte[] octets, int from, int to) {
    int length = to - from;
    if (length >= BY_LENGTH.size()) {
      return null;
    }
    for (SignedField field : BY_LENGTH.get(length)) {
      if (field.isAt(octets, from)) {
        return field;
      }
    }
    return null;
  }

  private boolean isAt(byte[] octets, int from) {
    for (int i = 0; i < canonical.length; i++) {
      int octet = octets[from + i];
      if ((octet >= 'A' && octet <= 'Z' ? octet + 32 : octet) != canonical[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the name as it is listed. */
  String title() {
    return title;
  }

  /** Returns how often the field is listed that stands in a header so many times. */
  int listed(int times) {
    return guarded ? times + 1 : times;
  }

  /** Appends the name in its canonical form. */
  void writeTo(Octets out) {
    out.append(canonical, 0, canonical.length);
  }
}
