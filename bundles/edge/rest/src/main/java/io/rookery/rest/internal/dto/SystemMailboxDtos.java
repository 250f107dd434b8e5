// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.Mailbox;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/** What is said of the mailbox that the platform's own mail leaves from. */
public final class SystemMailboxDtos {

  private SystemMailboxDtos() {}

  /** The mailbox that is chosen. */
  @Schema(name = "SystemMailbox")
  public record SystemMailboxView(UUID mailboxId, String address, String backend) {

    /** Shows a mailbox. */
    public static SystemMailboxView of(Mailbox m) {
      return new SystemMailboxView(m.id(), m.address(), m.backend());
    }
  }

  /** The mailbox that is to be chosen. */
  public record SystemMailboxRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) UUID mailboxId) {

    /** Returns the id, which must be given. */
    public UUID checked() {
      new Checks().given("/mailbox_id", mailboxId).done();
      return mailboxId;
    }
  }
}
