// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import java.net.URI;
import java.nio.file.Path;

/**
 * What the operator has configured of the certificate authority.
 *
 * @param contact an e-mail address, or null
 * @param agreed whether the operator agrees to its terms; nothing is ordered else
 * @param trust a PEM file with the roots that its own certificate is checked by, or null
 */
record AcmeSettings(URI directory, String contact, boolean agreed, Path trust) {

  static AcmeSettings of(HttpsConfiguration configuration) {
    URI directory = URI.create(configuration.acme_directory().strip());
    if (!"https".equals(directory.getScheme()) || directory.getHost() == null) {
      throw wrong("acme.directory is the https address of an authority's directory");
    }
    String contact = configuration.acme_contact().strip();
    if (!contact.isEmpty() && !contact.matches("[^\\s@?,]+@[^\\s@?,]+")) {
      throw wrong("acme.contact is one e-mail address");
    }
    String trust = configuration.acme_trust().strip();
    return new AcmeSettings(
        directory,
        contact.isEmpty() ? null : contact,
        configuration.acme_agree(),
        trust.isEmpty() ? null : Path.of(trust));
  }

  private static IllegalArgumentException wrong(String rule) {
    return new IllegalArgumentException("etc/" + HttpsConfiguration.PID + ".cfg: " + rule);
  }
}
