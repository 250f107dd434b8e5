// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.alert;

import java.time.Duration;
import java.util.Locale;

/** Why there is an alert, and what is borne within which time before there is one. */
enum Reason {
  /** A person read one secret again and again. */
  READS(5, Duration.ofHours(1)),
  /** The store refused to let nodes in again and again. */
  SIGN_INS(3, Duration.ofMinutes(5)),
  /** A secret is replaced as it is held to be compromised. */
  EMERGENCY(0, Duration.ZERO);

  private final int borne;
  private final Duration window;

  Reason(int borne, Duration window) {
    this.borne = borne;
    this.window = window;
  }

  /** Returns how often it may happen within the window without an alert. */
  int borne() {
    return borne;
  }

  /** Returns what counts as together: what happened exactly so long ago no longer does. */
  Duration window() {
    return window;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
