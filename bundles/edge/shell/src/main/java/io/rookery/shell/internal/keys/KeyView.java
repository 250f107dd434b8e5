// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.keys;

import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.shell.internal.View;

/** How the shell shows an API key. */
final class KeyView {

  static final View<ApiKey> FIELDS =
      View.<ApiKey>empty()
          .column("id", ApiKey::id)
          .column("name", ApiKey::name)
          .column("mode", ApiKey::mode)
          .column("hint", ApiKey::hint)
          .detail("scopes", key -> key.scopes().stream().sorted().toList())
          .detail("addresses", ApiKey::addresses)
          .column("created_at", ApiKey::createdAt)
          .column("expires_at", ApiKey::expiresAt)
          .column("last_used_at", ApiKey::lastUsedAt)
          .column("revoked_at", ApiKey::revokedAt);

  /** The one view of a key that shows its secret, for the moment when it is made. */
  static final View<CreatedKey> CREATED =
      View.<CreatedKey>empty()
          .column("id", CreatedKey::id)
          .column("name", created -> created.key().name())
          .column("mode", created -> created.key().mode())
          .detail("scopes", created -> created.key().scopes().stream().sorted().toList())
          .detail("addresses", created -> created.key().addresses())
          .detail("expires_at", created -> created.key().expiresAt())
          .column("key", created -> created.secret().reveal());

  private KeyView() {}
}
