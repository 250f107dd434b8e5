// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import java.util.Map;

/**
 * What is said of a contact; null leaves a field as it is.
 *
 * @param email the address, with an IDN domain and a UTF-8 local part allowed (RFC 6531, RFC 5890)
 * @param firstName at most 200 characters
 * @param lastName at most 200 characters
 * @param attributes custom attributes by name: strings, numbers and booleans, at most 100 of them
 * @param country ISO 3166-1 alpha-2, upper case
 * @param lawfulBasis why the contact may be written to
 * @param source where the contact comes from, at most 200 characters
 * @param trackingConsent whether opens and clicks may be tracked
 */
public record ContactData(
    String email,
    String firstName,
    String lastName,
    Map<String, Object> attributes,
    String country,
    LawfulBasis lawfulBasis,
    String source,
    Boolean trackingConsent) {

  /** Why a contact may be written to (GDPR Art. 6; ePrivacy Directive Art. 13). */
  public enum LawfulBasis {
    CONSENT,
    SOFT_OPT_IN,
    LEGITIMATE_INTEREST,
    CONTRACT
  }
}
