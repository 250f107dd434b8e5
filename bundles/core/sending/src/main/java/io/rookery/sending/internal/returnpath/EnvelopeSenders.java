// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

import io.rookery.api.mailboxes.ReturnPathHosts;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import java.util.UUID;
import java.util.function.Function;

/**
 * Chooses what stands in the envelope: a return path of the message's own where its account may
 * have one and the domain's return path was seen right, so that a bounce tells by its recipient
 * which message it is about (VERP); else the mailbox's address. Thread-safe.
 */
public final class EnvelopeSenders {

  private final ReturnPathHosts hosts;
  private final ReturnPathTokens tokens;

  /** Chooses by what the tenants' domains have in DNS. */
  public EnvelopeSenders(ReturnPathHosts hosts, ReturnPathTokens tokens) {
    this.hosts = hosts;
    this.tokens = tokens;
  }

  /** Returns what gives each message of one turn, by its id, its envelope sender. */
  public Function<UUID, String> of(TenantContext context, EmailBackend backend, Account account) {
    String mailbox = account.address();
    if (!backend.capabilities(account).contains(Capability.FREE_ENVELOPE_SENDER)) {
      return id -> mailbox;
    }
    UUID tenantId = context.tenantId();
    return hosts
        .of(context, mailbox.substring(mailbox.lastIndexOf('@') + 1))
        .<Function<UUID, String>>map(host -> id -> tokens.make(tenantId, id) + "@" + host)
        .orElse(id -> mailbox);
  }
}
