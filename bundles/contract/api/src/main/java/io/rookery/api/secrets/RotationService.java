// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.time.Duration;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Replaces secrets where they are used: a new value is made, put on the target beside the old one,
 * tried, and only then used; the old one ends after its grace. Every step is durable: whatever dies
 * in between, a rotation goes on or is taken back by itself, and one value works all the time. Each
 * step leaves an event. Thread-safe.
 */
@ProviderType
public interface RotationService {

  /** Returns the secrets that can be replaced, by their ids. */
  Page<RotatingSecret> secrets(TenantContext context, Due due, PageRequest page);

  /** Returns one; {@code not_found} where the tenant has none of this id. */
  RotatingSecret secret(TenantContext context, UUID secretId);

  /**
   * Sets after how many days a secret is replaced by itself.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} beyond its kind's bounds
   */
  RotatingSecret schedule(TenantContext context, UUID secretId, int days);

  /**
   * Replaces a secret and returns how far that came, which is up to its grace where nothing has to
   * be waited for. At most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} while it is being replaced
   *     already; an old value that is in its grace is ended first
   */
  SecretRotation start(TenantContext context, UUID secretId, Order order);

  /** Has secrets replaced one after another, and returns of how many that was begun. */
  int startAll(TenantContext context, Due due);

  /** Returns the rotations, the newest first. */
  Page<SecretRotation> list(TenantContext context, PageRequest page);

  /** Returns one; {@code not_found} where the tenant has none of this id. */
  SecretRotation get(TenantContext context, UUID id);

  /**
   * Calls a rotation off; nothing happens to one that was called off before.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} once the new value is in use
   */
  SecretRotation takeBack(TenantContext context, UUID id);

  /**
   * Has a secret replaced from now on, in the transaction of its owner. Registering it again
   * changes nothing.
   *
   * @return its id
   */
  UUID register(Tx tx, NewSecret secret);

  /**
   * Has a secret replaced no more, in the transaction of its owner.
   *
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} while it is being replaced
   */
  void forget(Tx tx, UUID secretId);

  /**
   * How a secret is to be replaced.
   *
   * @param grace for how long the old value works on, or null for what its kind has
   * @param incidentId names the incident that makes this an emergency, or null; the old value is
   *     then held to be compromised and ends at once
   */
  record Order(Duration grace, String incidentId) {}

  /**
   * A secret to be replaced from now on.
   *
   * @param days after how many days, or 0 for what its kind has
   */
  record NewSecret(String kind, String reference, UUID subjectId, int days) {}
}
