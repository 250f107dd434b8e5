// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.imports;

import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.shell.internal.View;

/** How the shell shows an import. */
final class ImportView {

  static final View<ContactImport> FIELDS =
      View.<ContactImport>empty()
          .column("id", ContactImport::id)
          .detail("job_id", ContactImport::jobId)
          .column("file_name", ContactImport::fileName)
          .column("state", ContactImport::state)
          .column("rows", it -> it.counts().rows())
          .column("created", it -> it.counts().created())
          .column("updated", it -> it.counts().updated())
          .detail("unchanged", it -> it.counts().unchanged())
          .detail("duplicates", it -> it.counts().duplicates())
          .column("rejected", it -> it.counts().rejected())
          .detail("columns", ContactImport::columns)
          .detail("error", ContactImport::error)
          .column("created_at", ContactImport::createdAt)
          .detail("finished_at", ContactImport::finishedAt);

  private ImportView() {}
}
