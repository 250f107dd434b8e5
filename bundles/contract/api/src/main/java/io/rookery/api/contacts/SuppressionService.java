// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Addresses and domains that get no commercial mail from the tenant. Kept as keyed digests, so a
 * suppression outlives the contact. Effective at the next claim. Thread-safe.
 */
@ProviderType
public interface SuppressionService {

  /** Suppresses an address or, as {@code @example.org}, a domain. Repeating changes nothing. */
  Suppression add(TenantContext context, String addressOrDomain, Reason reason);

  /**
   * Suppresses the address of a contact in the caller's transaction, and those that it had before
   * it got another one or was deleted: mail may have gone to any of them. Repeating changes
   * nothing.
   *
   * @return whether anything was suppressed that was not, or only by hand
   */
  boolean addContact(Tx tx, UUID contactId, Reason reason);

  /**
   * Suppresses an address or, as {@code @example.org}, a domain in the caller's transaction.
   * Repeating changes nothing.
   */
  void add(Tx tx, String addressOrDomain, Reason reason);

  /** Lifts a suppression that was set by hand; {@code wrong_state} for any other reason. */
  void remove(TenantContext context, UUID id);

  /** Returns the tenant's suppressions, newest first. */
  Page<Suppression> list(TenantContext context, PageRequest page);

  /**
   * Returns whether an address is suppressed for the tenant, by itself, its domain or the platform.
   */
  boolean suppressed(TenantContext context, String address);

  /**
   * Returns what stands against mail to some addresses in the caller's transaction, by the address
   * as it was given; those that nothing stands against are left out. Made for sets of addresses, in
   * wire form.
   */
  Map<String, Barrier> barriers(Tx tx, Collection<String> addresses);

  /**
   * What stands against mail to an address.
   *
   * @param reasons why the address, its domain or either on the whole platform is suppressed
   * @param restricted whether a contact with the address asked that its data not be used (GDPR Art.
   *     18)
   */
  record Barrier(Set<Reason> reasons, boolean restricted) {

    /** Copies the reasons. */
    public Barrier {
      reasons = Set.copyOf(reasons);
    }
  }

  /** Why no mail goes there. */
  enum Reason {
    HARD_BOUNCE,
    COMPLAINT,
    UNSUBSCRIBE,
    OBJECTION,
    MANUAL
  }

  /**
   * A suppression; the address itself is not kept, {@code hint} shows its first letter and domain.
   */
  record Suppression(UUID id, boolean domain, String hint, Reason reason, Instant createdAt) {}
}
