// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.events.EventLog;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.SecretEvents.Access;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretVersion;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Gives the platform the operator's secrets. Which ones may be asked for is a list of folders, so
 * that no configuration leads to the platform's keys.
 */
@Component
public final class OperatorSecrets implements PlatformSecrets {

  private static final Pattern REFERENCE =
      Pattern.compile("(oauth|acme|totp|audit)/[\\w.@-]{1,100}");

  private final ConfiguredStore stores;
  private final SecretEvents events;

  /** Works with the configured store. */
  @Activate
  public OperatorSecrets(
      @Reference ConfiguredStore stores,
      @Reference Transactions transactions,
      @Reference EventLog log) {
    this.stores = stores;
    this.events = new SecretEvents(transactions, log, Clock.systemUTC());
  }

  @Override
  public SecretData read(TenantContext context, String reference, String purpose) {
    Access access = access(reference, purpose);
    SecretVersion found;
    try {
      found =
          stores
              .get()
              .read(access.path(), 0)
              .orElseThrow(() -> RookeryException.notFound("secret"));
    } catch (SecretStoreException e) {
      throw StoreErrors.translate(e);
    }
    events.read(context, access, found.number());
    return found.data();
  }

  @Override
  public int write(TenantContext operator, String reference, SecretData data, String purpose) {
    Access access = access(reference, purpose);
    int version;
    try {
      version = stores.get().write(access.path(), data, -1);
    } catch (SecretStoreException e) {
      throw StoreErrors.translate(e);
    }
    events.written(operator, access, version);
    return version;
  }

  /** Recorded before it is done, as it cannot be undone. */
  @Override
  public void purge(TenantContext context, String reference, String purpose) {
    Access access = access(reference, purpose);
    try {
      if (stores.get().metadata(access.path()).isPresent()) {
        events.purged(context, access);
        stores.get().purge(access.path());
      }
    } catch (SecretStoreException e) {
      throw StoreErrors.translate(e);
    }
  }

  private static Access access(String reference, String purpose) {
    if (!REFERENCE.matcher(Objects.requireNonNullElse(reference, "")).matches()) {
      throw RookeryException.invalid("/reference", "This is not a reference to a secret");
    }
    return new Access(SecretPath.platform(reference), "platform/" + reference, purpose);
  }
}
