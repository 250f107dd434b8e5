// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The members of a tenant. Only an owner or the operator changes who is an owner. A tenant always
 * keeps an owner, however many change members at once. Changes take hold within two seconds on
 * every node. Thread-safe.
 */
@ProviderType
public interface MemberService {

  /** Returns the tenant's members, those who joined first first. */
  Page<Member> list(TenantContext context, PageRequest page);

  /** Returns one member of the tenant. */
  Member get(TenantContext context, UUID id);

  /**
   * Gives a member another role. Leaves {@code member.role_changed} in the log. Repeating changes
   * nothing.
   *
   * @param version the version that the member must have, or 0 for any
   * @throws io.rookery.kernel.RookeryException {@code not_found}; {@code precondition_failed};
   *     {@code forbidden} where it takes an owner to do this; {@code wrong_state} where no owner
   *     would be left, where somebody whose address is not verified would be one, and where
   *     somebody who is restricted to workspaces would be owner or admin
   */
  Member changeRole(TenantContext context, UUID id, Role role, long version);

  /**
   * Restricts a member to some workspaces, or lets the person see the whole tenant again. Leaves
   * {@code member.restricted} or {@code member.unrestricted} in the log. Repeating changes nothing.
   *
   * @param workspaces the workspaces, empty for none at all, or null for the whole tenant
   * @param version the version that the member must have, or 0 for any
   * @throws io.rookery.kernel.RookeryException {@code not_found}; {@code precondition_failed};
   *     {@code validation_failed} at {@code /workspace_ids} where there is no such workspace;
   *     {@code wrong_state} where the member's role is owner or admin, who see the whole tenant
   */
  Member restrict(TenantContext context, UUID id, Set<UUID> workspaces, long version);

  /**
   * Removes a member and ends the person's sessions in the tenant. Leaves {@code member.removed} in
   * the log.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found}; {@code forbidden} where it takes
   *     an owner to do this; {@code wrong_state} for the last owner and for oneself
   */
  void remove(TenantContext context, UUID id);
}
