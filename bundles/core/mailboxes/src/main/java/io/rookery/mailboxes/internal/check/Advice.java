// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

/** Sentences that several checks say. */
final class Advice {

  static final String UNREACHABLE =
      "The domain's name servers failed or did not answer in time; what was known stays";

  private Advice() {}
}
