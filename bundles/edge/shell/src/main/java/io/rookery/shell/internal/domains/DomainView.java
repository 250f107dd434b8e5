// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.domains;

import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.shell.internal.View;

/** How the shell shows a sending domain and its records. */
final class DomainView {

  static final View<SendingDomain> FIELDS =
      View.<SendingDomain>empty()
          .column("id", SendingDomain::id)
          .detail("workspace_id", SendingDomain::workspaceId)
          .column("name", SendingDomain::name)
          .column("state", SendingDomain::state)
          .column("checked_at", SendingDomain::checkedAt)
          .detail("verified_at", SendingDomain::verifiedAt)
          .column("drifting_since", SendingDomain::driftingSince)
          .detail("failing_at", SendingDomain::failingAt)
          .detail("return_path_host", SendingDomain::returnPathHost)
          .detail("tracking_host", SendingDomain::trackingHost)
          .detail("selectors", it -> it.selectors().stream().map(DkimSelector::name).toList())
          .detail("created_at", SendingDomain::createdAt)
          .detail("version", SendingDomain::version);

  static final View<DomainRecord> RECORDS =
      View.<DomainRecord>empty()
          .column("purpose", DomainRecord::purpose)
          .column("required", DomainRecord::required)
          .column("verdict", DomainRecord::verdict)
          .column("type", DomainRecord::type)
          .column("host", DomainRecord::host)
          .column("value", DomainRecord::value)
          .detail("note", DomainRecord::note)
          .detail("found", DomainRecord::found)
          .column("advice", DomainRecord::advice);

  private DomainView() {}
}
