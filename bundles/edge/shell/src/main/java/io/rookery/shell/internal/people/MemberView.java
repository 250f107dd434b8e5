// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.Member;
import io.rookery.shell.internal.View;

/** How the shell shows a member. */
final class MemberView {

  static final View<Member> FIELDS =
      View.<Member>empty()
          .column("id", Member::id)
          .detail("user_id", Member::userId)
          .column("email", Member::email)
          .column("name", Member::name)
          .column("role", Member::role)
          .column("joined_at", Member::joinedAt)
          .detail("workspace_ids", Member::workspaceIds)
          .detail("version", Member::version);

  private MemberView() {}
}
