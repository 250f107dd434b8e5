// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.head;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys that sign heads, current and older. Thread-safe. */
public final class HeadKeys {

  private final PlatformKeys platform;
  private final Map<Integer, HeadKey> known = new ConcurrentHashMap<>();

  /** Makes keys from the platform's. */
  public HeadKeys(PlatformKeys platform) {
    this.platform = platform;
  }

  /** Signs by the current key. */
  public Head.Signed sign(Head.Kind kind, Head head) {
    int id = platform.current(KeyPurpose.AUDIT_HEAD).id();
    HeadKey key = find(id).orElseThrow();
    return new Head.Signed(head, id, key.sign(head.message(kind)));
  }

  /** Returns whether the platform signed it. */
  public boolean verifies(Head.Kind kind, Head.Signed signed) {
    return find(signed.keyId())
        .map(key -> key.verifies(signed.head().message(kind), signed.signature()))
        .orElse(false);
  }

  /** Returns the public key of an id in Base64. */
  Optional<String> publicKey(int id) {
    return find(id).map(HeadKey::publicKey);
  }

  private Optional<HeadKey> find(int id) {
    HeadKey key = known.get(id);
    if (key != null) {
      return Optional.of(key);
    }
    Optional<HeadKey> made = platform.find(KeyPurpose.AUDIT_HEAD, id).map(HeadKey::new);
    made.ifPresent(found -> known.put(id, found));
    return made;
  }
}
