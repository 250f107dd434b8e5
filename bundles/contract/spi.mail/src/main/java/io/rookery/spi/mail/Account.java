// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import io.rookery.spi.plugin.Secret;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * The account that a message is sent from, with everything needed to sign in.
 *
 * @param tenantId the tenant that owns it
 * @param id the mailbox's id, by which a backend keeps connections
 * @param address the mailbox's address
 * @param settings the values of the backend's declared settings, defaults filled in
 * @param credentials the values of its {@code SECRET} settings, resolved for this call
 * @param epoch rises when settings or credentials change; connections of an older one are not
 *     reused
 */
public record Account(
    UUID tenantId,
    UUID id,
    String address,
    Map<String, String> settings,
    Map<String, Secret> credentials,
    long epoch) {

  /** Checks that the account is whole and copies both maps. */
  public Account {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(address, "address");
    settings = Map.copyOf(settings);
    credentials = Map.copyOf(credentials);
  }
}
