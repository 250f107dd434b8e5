// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.Locale;

/** The domain of a recipient's address, as budgets and rates are kept by it. */
public final class RecipientDomain {

  private RecipientDomain() {}

  /** Returns what follows the last at sign, in lower case; all of it where there is none. */
  public static String of(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
