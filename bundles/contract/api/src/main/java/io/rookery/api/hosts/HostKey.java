// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A host's public key, told by its fingerprint as OpenSSH prints it: {@code SHA256:} and the digest
 * of the key in base64 without padding.
 *
 * @param type such as {@code ssh-ed25519} (RFC 4253 §6.6, RFC 8709), or null while only the
 *     fingerprint is known
 * @param fingerprint the fingerprint
 */
public record HostKey(String type, String fingerprint) {

  /** The form of a fingerprint. */
  public static final String FORM = "SHA256:[A-Za-z0-9+/]{43}";

  private static final Pattern PATTERN = Pattern.compile(FORM);

  /** Refuses what is no fingerprint. */
  public HostKey {
    Objects.requireNonNull(fingerprint, "fingerprint");
    if (!PATTERN.matcher(fingerprint).matches()) {
      throw new IllegalArgumentException("Not a SHA256 fingerprint");
    }
  }
}
