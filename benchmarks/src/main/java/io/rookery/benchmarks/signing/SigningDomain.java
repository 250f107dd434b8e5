// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import io.rookery.api.mailboxes.DkimKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A domain with new keys of both algorithms, and the records that publish them.
 *
 * @param name the domain
 */
record SigningDomain(String name, KeyPair rsa, KeyPair ed25519) {

  private static final String RSA = "mail1";
  private static final String ED25519 = "mail1e";

  /** DNS carries texts in strings of at most 255 octets (RFC 1035 §3.3). */
  private static final int STRING = 200;

  static SigningDomain create(String name) throws GeneralSecurityException {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    KeyPairGenerator ed25519 = KeyPairGenerator.getInstance("Ed25519");
    return new SigningDomain(name, rsa.generateKeyPair(), ed25519.generateKeyPair());
  }

  List<DkimKey> keys() {
    return List.of(
        new DkimKey(name, RSA, DkimKey.Algorithm.RSA_SHA256, rsa.getPrivate()),
        new DkimKey(name, ED25519, DkimKey.Algorithm.ED25519_SHA256, ed25519.getPrivate()));
  }

  /** Returns the selectors under which the keys are published. */
  List<String> selectors() {
    return List.of(RSA, ED25519);
  }

  /** Returns the zone, in master file format (RFC 1035 §5). */
  String zone() {
    byte[] point = ed25519.getPublic().getEncoded();
    // The last 32 octets of the encoding are the key itself, which is all that RFC 8463 publishes.
    byte[] raw = Arrays.copyOfRange(point, point.length - 32, point.length);
    return """
        $ORIGIN %s.
        $TTL 3600
        @ SOA ns hostmaster 1 3600 900 86400 300
        @ NS ns
        ns A 127.0.0.1
        """
            .formatted(name)
        + record(RSA, "v=DKIM1; k=rsa; p=" + base64(rsa.getPublic().getEncoded()))
        + record(ED25519, "v=DKIM1; k=ed25519; p=" + base64(raw));
  }

  private static String record(String selector, String text) {
    StringBuilder out = new StringBuilder(selector).append("._domainkey TXT");
    for (int at = 0; at < text.length(); at += STRING) {
      out.append(" \"").append(text, at, Math.min(text.length(), at + STRING)).append('"');
    }
    return out.append('\n').toString();
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
