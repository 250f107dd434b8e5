// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import java.util.List;

/**
 * What one look came to.
 *
 * @param host the name that was looked at
 * @param found what stood there, shortened and without control characters
 * @param advice what to do in a sentence, or null
 */
public record CheckResult(
    RecordPurpose purpose, String host, RecordVerdict verdict, List<String> found, String advice) {

  private static final int MOST = 5;
  private static final int LONGEST = 600;

  /** Keeps what others publish within bounds. */
  public CheckResult {
    found = found.stream().limit(MOST).map(CheckResult::shown).toList();
  }

  private static String shown(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  /** Returns whether this is about a record. */
  public boolean isAbout(RecordPurpose wanted, String name) {
    return purpose == wanted && host.equals(name);
  }
}
