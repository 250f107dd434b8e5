// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import java.security.MessageDigest;

/**
 * Digests a body in its relaxed form (RFC 6376 §3.4.4) in one pass and without a copy: as long as
 * what stands there is canonical already, it is one span of the message. Used by one thread, for
 * one body.
 */
final class RelaxedBody {

  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] BLANK = {' '};

  private final MessageDigest digest;
  private final byte[] in;

  /** What is to be digested next, up to the last octet of content. */
  private int from;

  private int to;

  /** Line ends and a blank that count only once content follows. */
  private int lines;

  private boolean blank;

  /** Whether what stands between the span and here is what it is to become. */
  private boolean canonical = true;

  private RelaxedBody(MessageDigest digest, byte[] in, int from) {
    this.digest = digest;
    this.in = in;
    this.from = from;
    this.to = from;
  }

  /** Returns the digest of the body that begins at an index of a message. */
  static byte[] digest(MessageDigest digest, byte[] message, int from) {
    RelaxedBody body = new RelaxedBody(digest, message, from);
    body.run();
    return digest.digest();
  }

  private void run() {
    int begin = from;
    int at = from;
    while (at < in.length) {
      byte octet = in[at];
      if (isBlank(octet)) {
        at = blanks(at);
      } else if (octet == '\r' && at + 1 < in.length && in[at + 1] == '\n') {
        canonical &= !blank;
        blank = false;
        lines++;
        at += 2;
      } else {
        at = content(at);
      }
    }
    if (to > begin) {
      digest.update(in, from, to - from);
      digest.update(CRLF);
    }
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  private int blanks(int at) {
    int end = at;
    while (end < in.length && isBlank(in[end])) {
      end++;
    }
    blank = true;
    canonical &= end == at + 1 && in[at] == ' ';
    return end;
  }

  private int content(int at) {
    if (!canonical) {
      digest.update(in, from, to - from);
      for (int i = 0; i < lines; i++) {
        digest.update(CRLF);
      }
      if (blank) {
        digest.update(BLANK);
      }
      from = at;
      canonical = true;
    }
    lines = 0;
    blank = false;
    int end = at + 1;
    while (end < in.length && in[end] != ' ' && in[end] != '\r' && in[end] != '\t') {
      end++;
    }
    to = end;
    return end;
  }
}
