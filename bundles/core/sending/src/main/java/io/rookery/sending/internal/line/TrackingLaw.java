// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.line.ClaimedMessage.ContactRow;
import java.util.Set;

/**
 * Whether a recipient's opens and clicks may be tracked: with consent always; without it only
 * outside the EU, the EEA and the United Kingdom (ePrivacy Directive 2002/58/EC Art. 5(3)), and
 * never where the country is not known.
 */
final class TrackingLaw {

  private static final Set<String> CONSENT_NEEDED =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU",
          "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI",
          "SK");

  private TrackingLaw() {}

  static boolean allows(ContactRow contact) {
    boolean free = contact.country() != null && !CONSENT_NEEDED.contains(contact.country());
    return free || Boolean.TRUE.equals(contact.trackingConsent());
  }
}
