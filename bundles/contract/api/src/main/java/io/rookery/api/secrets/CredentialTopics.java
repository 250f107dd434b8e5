// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import java.util.UUID;

/**
 * Topics of epochs that rise when credentials of a tenant must not be used any more as nodes know
 * them, such as after a rotation or with a seal. Within five seconds every node ends the turns that
 * work with them, closes the connections that were signed in by them and forgets the keys that it
 * holds; what is used from then on was read from the store anew.
 */
public final class CredentialTopics {

  /** For all credentials of a tenant. */
  public static final String ALL = "credentials";

  private CredentialTopics() {}

  /** Returns the topic for the credentials of one mailbox, those of its fallbacks included. */
  public static String mailbox(UUID mailboxId) {
    return ALL + "/" + mailboxId;
  }
}
