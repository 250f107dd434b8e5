// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

/** Commercial mail shows a postal address (16 CFR 316.5). */
final class PostalAddressCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    String address = subject.tenant().postalAddress();
    if (subject.commercial() && (address == null || address.isBlank())) {
      findings.add(
          "postal_address_missing",
          "Commercial mail must show a postal address: set the tenant's postal_address");
    }
  }
}
