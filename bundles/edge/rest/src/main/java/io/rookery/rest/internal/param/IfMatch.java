// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads If-Match (RFC 9110 §13.1.1), whose entity tags are versions. */
public final class IfMatch {

  private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");
  private static final Pattern ANY_TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7e]*\"");

  private IfMatch() {}

  /** Returns the version that is expected, or 0 where the header is missing or {@code *}. */
  public static long version(String header) {
    if (header == null || header.strip().equals("*")) {
      return 0;
    }
    String tag = header.strip();
    Matcher matcher = TAG.matcher(tag);
    if (matcher.matches() && Long.parseLong(matcher.group(1)) > 0) {
      return Long.parseLong(matcher.group(1));
    }
    if (ANY_TAG.matcher(tag).matches()) {
      throw new RookeryException(
          CommonErrors.PRECONDITION_FAILED, "The object has another version than If-Match names");
    }
    throw new RookeryException(
        CommonErrors.INVALID_REQUEST, "If-Match takes one ETag as it was given, or *");
  }
}
