// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import java.util.Arrays;
import java.util.Optional;

/** What a key allows. Most areas have a scope for everything and one for reading alone. */
public enum Scope {
  MAIL_SEND("mail:send"),
  MAIL_SEND_READ("mail:send:read"),
  CONTACTS("contacts"),
  CONTACTS_READ("contacts:read"),
  CAMPAIGNS("campaigns"),
  CAMPAIGNS_READ("campaigns:read"),
  TEMPLATES("templates"),
  TEMPLATES_READ("templates:read"),
  MAILBOXES("mailboxes"),
  MAILBOXES_READ("mailboxes:read"),
  DOMAINS("domains"),
  DOMAINS_READ("domains:read"),
  ANALYTICS_READ("analytics:read"),
  WEBHOOKS("webhooks"),
  WEBHOOKS_READ("webhooks:read"),
  SECRETS("secrets"),
  SECRETS_READ("secrets:read"),
  HOSTS("hosts"),
  HOSTS_READ("hosts:read"),
  BILLING("billing"),
  BILLING_READ("billing:read"),
  INBOX("inbox"),
  INBOX_READ("inbox:read"),
  ADMIN("admin"),
  ADMIN_READ("admin:read");

  private final String wire;

  Scope(String wire) {
    this.wire = wire;
  }

  /** Returns the scope as clients write it. */
  public String wire() {
    return wire;
  }

  /** Returns the scope of a written form, or empty. */
  public static Optional<Scope> of(String wire) {
    return Arrays.stream(values()).filter(scope -> scope.wire.equals(wire)).findFirst();
  }

  /**
   * Returns whether holding this scope allows what another asks for: a whole area allows its
   * reading.
   */
  public boolean allows(Scope wanted) {
    return this == wanted || wanted.wire.equals(wire + ":read");
  }
}
