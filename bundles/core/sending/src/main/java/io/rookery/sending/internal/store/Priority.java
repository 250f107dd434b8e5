// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import java.util.stream.IntStream;

/** The order of messages in a lane, lowest first. */
public final class Priority {

  /** A campaign's test: somebody sits before the screen. */
  public static final int TEST = 0;

  /** Transactional mail of no campaign. */
  public static final int TRANSACTIONAL = 1;

  /** Commercial mail of no campaign: somebody waits, and a campaign's messages number thousands. */
  public static final int COMMERCIAL = 3;

  /** Campaigns. */
  public static final int CAMPAIGN = 5;

  private static final int LAST = 9;

  /** The urgent ones and all of them, as SQL. */
  static final String URGENT = "unnest('{0,1}'::smallint[]) as p(priority)";

  static final String ALL = "unnest('{0,1,2,3,4,5,6,7,8,9}'::smallint[]) as p(priority)";

  private Priority() {}

  /** Returns whether messages of a priority go before all campaigns of all tenants. */
  public static boolean urgent(int priority) {
    return priority <= TRANSACTIONAL;
  }

  /** Returns the priorities from one to the last, or to the last urgent one. */
  static Short[] from(int first, boolean urgentOnly) {
    int last = urgentOnly ? TRANSACTIONAL : LAST;
    return IntStream.rangeClosed(Math.max(0, first), last)
        .mapToObj(priority -> (short) priority)
        .toArray(Short[]::new);
  }
}
