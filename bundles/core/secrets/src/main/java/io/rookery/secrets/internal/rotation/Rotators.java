// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.SecretRotator;
import io.rookery.kernel.RookeryException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The rotators that are there now, by their kinds. Thread-safe. */
@Component(service = Rotators.class)
public final class Rotators {

  private static final Duration WAIT = Duration.ofSeconds(30);

  private final Map<String, SecretRotator> byKind = new ConcurrentHashMap<>();

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void add(SecretRotator rotator) {
    byKind.put(rotator.kind(), rotator);
  }

  void remove(SecretRotator rotator) {
    byKind.remove(rotator.kind(), rotator);
  }

  /** Returns the rotator of a kind; throws {@code unavailable} while there is none. */
  SecretRotator of(String kind) {
    SecretRotator rotator = byKind.get(kind);
    if (rotator == null) {
      throw RookeryException.unavailable(
          "What replaces secrets of the kind " + kind + " is not running here now", WAIT, null);
    }
    return rotator;
  }
}
