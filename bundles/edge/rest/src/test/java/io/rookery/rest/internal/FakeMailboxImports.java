// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.mailboxes.MailboxImports;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.TenantContext;
import java.util.List;
import java.util.UUID;

/** Makes one mailbox and refuses another, and remembers what was asked. */
final class FakeMailboxImports implements MailboxImports {

  static final UUID MADE = new UUID(0, 3);

  volatile TenantContext context;
  volatile String csv;
  volatile boolean check;

  @Override
  public Result importCsv(TenantContext caller, String file, boolean wanted) {
    context = caller;
    csv = file;
    check = wanted;
    return new Result(
        List.of(
            new Row(2, MADE, List.of()),
            new Row(3, null, List.of(new FieldError("/lines/3/host", "host is needed")))),
        wanted ? MADE : null);
  }
}
