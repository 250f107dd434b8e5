// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Invites people into a tenant by mail. The link in it works for seven days and proves that whoever
 * takes it reads what is mailed to the address. That makes a new account; one that there is joins
 * only by a session of its own. Thread-safe.
 */
@ProviderType
public interface InvitationService {

  /**
   * Invites somebody; at most once per idempotency key of the context. Leaves {@code
   * invitation.created} in the log, upon which the mail is written.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed}; {@code forbidden} where
   *     it takes an owner to make owners; {@code conflict} where the address is invited already or
   *     a member's; {@code wrong_state} where 1,000 others are invited; the operator's tenant is
   *     not limited
   */
  Invitation invite(TenantContext context, String email, Role role);

  /** Returns the tenant's invitations, the oldest first, expired ones too. */
  Page<Invitation> list(TenantContext context, PageRequest page);

  /** Returns one invitation of the tenant. */
  Invitation get(TenantContext context, UUID id);

  /**
   * Has the mail written once more, with a link that works for seven days from now. Leaves {@code
   * invitation.resent} in the log.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found}; {@code rate_limited} more than
   *     three times in an hour
   */
  Invitation resend(TenantContext context, UUID id);

  /**
   * Takes an invitation back; its links work no more. Leaves {@code invitation.revoked} in the log.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found}
   */
  void revoke(TenantContext context, UUID id);

  /** Returns what the link of an invitation offers, or empty where it does not work. */
  Optional<Offer> offer(Secret token);

  /**
   * Makes whoever was invited a member, once, with a new account, whose address is verified. Leaves
   * {@code invitation.accepted} and {@code member.added} in the log.
   *
   * @param person what the account begins with
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated} where the token is broken,
   *     expired, used or taken back; {@code validation_failed}; {@code conflict} where the address
   *     has an account, whose person takes it up by {@link #join}; {@code plan_limit_reached},
   *     after which the link still works
   */
  Member accept(Secret token, NewPerson person, Origin origin);

  /**
   * Makes the person who is signed in a member of the tenant that a link invites to, once; at most
   * once per idempotency key of the context. The link must have gone to the person's address, which
   * is verified thereby. Leaves the same in the log.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} for a program; {@code
   *     validation_failed} at {@code /token} where that is broken, expired, used, taken back or
   *     another address's; {@code conflict} for a member; {@code plan_limit_reached}
   */
  Member join(TenantContext person, Secret token);

  /** What a new account begins with; the password as in {@link UserService.NewUser}. */
  record NewPerson(String name, Secret password) {}

  /**
   * What a link offers.
   *
   * @param tenant the tenant's name
   * @param email who is invited
   * @param known whether the address has an account
   */
  record Offer(String tenant, String email, Role role, boolean known) {}
}
