// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.line.ClaimedMessage.ContactRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackingLawTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "US, -, true",
        "DE, -, false",
        "NO, -, false",
        "GB, -, false",
        "-, -, false",
        "DE, true, true",
        "-, true, true",
        "US, false, true",
        "DE, false, false"
      })
  void trackingShouldNeedConsentInEuropeAndWhereTheCountryIsNotKnown(
      String country, Boolean consent, boolean allowed) {
    ContactRow contact = new ContactRow(null, null, "{}", country, consent);

    assertThat(TrackingLaw.allows(contact)).isEqualTo(allowed);
  }
}
