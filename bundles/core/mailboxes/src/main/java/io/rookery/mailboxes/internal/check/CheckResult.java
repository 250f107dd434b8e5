// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import java.util.List;
import java.util.Optional;

/**
 * What one look came to.
 *
 * @param host the name that was looked at
 * @param found what stood there, shortened and without control characters; SPF records are left
 *     longer, as they are merged
 * @param advice what to do in a sentence, or null
 */
public record CheckResult(
    RecordPurpose purpose, String host, RecordVerdict verdict, List<String> found, String advice) {

  private static final int MOST = 5;
  private static final int LONGEST = 600;
  private static final int LONGEST_SPF = 4000;
  private static final String CUT = "…";
  private static final String HIDDEN = "\uFFFD";

  /** Keeps what others publish within bounds. */
  public CheckResult {
    int longest = purpose == RecordPurpose.SPF ? LONGEST_SPF : LONGEST;
    found = found.stream().limit(MOST).map(text -> shown(text, longest)).toList();
  }

  private static String shown(String text, int longest) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", HIDDEN);
    return clean.length() <= longest ? clean : clean.substring(0, longest) + CUT;
  }

  /** Returns the one record that stood there word for word; empty where that is not known. */
  public Optional<String> only() {
    return found.size() == 1
        ? found.stream().filter(it -> !it.endsWith(CUT) && !it.contains(HIDDEN)).findFirst()
        : Optional.empty();
  }

  /** Returns whether this is about a record. */
  public boolean isAbout(RecordPurpose wanted, String name) {
    return purpose == wanted && host.equals(name);
  }
}
