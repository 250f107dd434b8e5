// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.key;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKey;
import io.rookery.api.secrets.PlatformKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The digests under which keys are kept and found: HMAC-SHA256 under a pepper. */
public final class KeyDigests {

  private final PlatformKeys peppers;

  /** Takes the peppers of the platform. */
  public KeyDigests(PlatformKeys peppers) {
    this.peppers = peppers;
  }

  /** Returns the digest of a key under the present pepper. */
  public Peppered digest(String key) {
    PlatformKey pepper = peppers.current(KeyPurpose.API_KEY);
    return new Peppered(mac(pepper, key), pepper.id());
  }

  /** Returns the digests under every pepper that the key may have been made with, newest first. */
  public List<byte[]> all(String key) {
    List<byte[]> digests = new ArrayList<>();
    // Another node's clock may have reached the next pepper already.
    for (int id = peppers.current(KeyPurpose.API_KEY).id() + 1; id > 0; id--) {
      peppers.find(KeyPurpose.API_KEY, id).ifPresent(pepper -> digests.add(mac(pepper, key)));
    }
    return digests;
  }

  private static byte[] mac(PlatformKey pepper, String key) {
    return pepper.mac(key.getBytes(StandardCharsets.US_ASCII));
  }

  /** A digest and the pepper that made it. */
  public record Peppered(byte[] digest, int pepperId) {}
}
