// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.TenantContext;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows how secrets of one kind are replaced where they are used. Registered as a service by the
 * bundle that owns the target. The engine calls the steps in order, outside of any transaction, and
 * records each once it is done: a process that dies in between has the step done again, perhaps by
 * another node, so each brings about a state and does nothing where it is there already. Until
 * {@link #promote} the old value goes on working.
 *
 * <p>An error of kind {@code UNAVAILABLE}, {@code RATE_LIMITED} or {@code INTERNAL} decides
 * nothing: the step is done again. Any other one before promotion has the rotation taken back.
 * Details are kept and shown, so they say what to do and hold no secret. Thread-safe.
 */
@ConsumerType
public interface SecretRotator {

  /** Returns the kind, a word such as {@code smtp}. */
  String kind();

  /** Returns how often secrets of this kind are replaced and for how long an old one works on. */
  RotationRules rules();

  /**
   * Makes the new value and keeps it in the secret store, where nothing uses it yet.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} where what the secret belongs to
   *     is gone; it is then replaced no more
   */
  Prepared prepare(TenantContext context, Task task);

  /** Has the target take the new value, beside the old one where both can work. */
  Progress put(TenantContext context, Task task);

  /** Uses the new value as it is going to be used, such as by signing in. */
  Progress verify(TenantContext context, Task task);

  /** Has the platform use the new value, on all nodes within seconds. */
  void promote(TenantContext context, Task task);

  /** Has the target refuse the old value, makes sure of it where it can, and destroys it. */
  void retire(TenantContext context, Task task);

  /** Leaves target and store as they were before the rotation, however far it had got. */
  void takeBack(TenantContext context, Task task);

  /**
   * A rotation as its rotator sees it.
   *
   * @param rotationId the rotation's id, under which a rotator may keep the pending value
   * @param secretId the secret's id
   * @param subjectId what the secret belongs to, as its owner said when it was registered
   * @param reference where the secret stands in the tenant's folder of the store
   * @param oldVersion the version that is replaced, 0 before it was prepared
   * @param overlap whether both values work during the grace
   */
  record Task(
      UUID rotationId,
      UUID secretId,
      UUID subjectId,
      String reference,
      int oldVersion,
      boolean overlap) {}

  /**
   * What there is to begin with.
   *
   * @param oldVersion the number of the version that is replaced, from 1
   * @param overlap whether the target takes both values for a while; if not, the old one ends with
   *     {@link SecretRotator#put} and there is no grace
   */
  record Prepared(int oldVersion, boolean overlap) {}

  /**
   * How far a step has come.
   *
   * @param again when to look again, or null where the step is done
   * @param awaited what it waits for and who has to do it, or null
   */
  record Progress(Duration again, String awaited) {

    /** The step is done. */
    public static final Progress DONE = new Progress(null, null);

    /** Checks that who waits says for what. */
    public Progress {
      if (again != null) {
        Objects.requireNonNull(awaited, "awaited");
      }
    }

    /** Returns that a step waits for something outside. */
    public static Progress waits(Duration again, String awaited) {
      return new Progress(Objects.requireNonNull(again, "again"), awaited);
    }

    /** Returns whether the step is done. */
    public boolean done() {
      return again == null;
    }
  }
}
