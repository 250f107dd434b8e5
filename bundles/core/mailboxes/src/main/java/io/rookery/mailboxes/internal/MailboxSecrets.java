// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret settings of mailboxes, all of a mailbox in one secret. */
final class MailboxSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxSecrets.class);
  private final SecretService secrets;

  MailboxSecrets(SecretService secrets) {
    this.secrets = secrets;
  }

  Map<String, Secret> read(TenantContext context, UUID mailbox, String purpose) {
    return secrets.read(context, reference(mailbox), purpose).fields();
  }

  /** Writes secrets over those that are there; {@code fresh} says that there are none to keep. */
  void write(TenantContext context, UUID mailbox, Map<String, Secret> given, boolean fresh) {
    if (given == null || given.isEmpty()) {
      return;
    }
    Map<String, Secret> fields = new HashMap<>(fresh ? Map.of() : present(context, mailbox));
    fields.putAll(given);
    secrets.write(context, reference(mailbox), new SecretData(fields), "configure");
  }

  /** Removes a mailbox's secret; where the store is shut, what is left there opens nothing. */
  void purge(TenantContext context, UUID mailbox) {
    try {
      secrets.purge(context, reference(mailbox), "remove");
    } catch (RookeryException e) {
      LOG.warn("The secret of the removed mailbox {} stays in the store: {}", mailbox, e.code());
    }
  }

  private Map<String, Secret> present(TenantContext context, UUID mailbox) {
    try {
      return read(context, mailbox, "configure");
    } catch (RookeryException e) {
      if (CommonErrors.NOT_FOUND.equals(e.code())) {
        return Map.of();
      }
      throw e;
    }
  }

  private static String reference(UUID mailbox) {
    return "smtp/" + mailbox;
  }
}
