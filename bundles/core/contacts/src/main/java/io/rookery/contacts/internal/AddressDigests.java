// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.charset.StandardCharsets;

/**
 * The keyed digests by which suppression is joined: of an address in its normalised form and of a
 * domain in A-labels. As they are compared set-wise, all are made with the purpose's first key,
 * which never retires. Thread-safe.
 */
public final class AddressDigests {

  private static final int FIRST = 1;
  private final PlatformKey key;

  /** Makes digests with the platform's key for suppression. */
  public AddressDigests(PlatformKeys keys) {
    this.key =
        keys.find(KeyPurpose.SUPPRESSION, FIRST)
            .orElseGet(() -> keys.current(KeyPurpose.SUPPRESSION));
  }

  /** Returns the digest of a normalised address. */
  public byte[] address(String normalised) {
    return digest("address:" + normalised);
  }

  /** Returns the digest of a domain in A-labels. */
  public byte[] domain(String domain) {
    return digest("domain:" + domain);
  }

  /** Returns the digest of the domain of an address. */
  public byte[] domainOf(String normalised) {
    return domain(EmailAddresses.domainOf(normalised));
  }

  /** Returns what people are shown of an address that is kept as a digest alone. */
  public static String hint(String normalised) {
    int first = normalised.offsetByCodePoints(0, 1);
    return normalised.substring(0, first) + "…@" + EmailAddresses.domainOf(normalised);
  }

  private byte[] digest(String text) {
    return key.mac(text.getBytes(StandardCharsets.UTF_8));
  }
}
