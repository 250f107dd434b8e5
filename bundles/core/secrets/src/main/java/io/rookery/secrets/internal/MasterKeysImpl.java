// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.api.secrets.MasterKeys;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.spi.secrets.MasterRewrap;
import io.rookery.spi.secrets.SecretStoreException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Has the embedded store rewrapped and tells the operator's log of it. */
@Component
public final class MasterKeysImpl implements MasterKeys {

  private static final UUID SUBJECT =
      UUID.nameUUIDFromBytes("store/embedded".getBytes(StandardCharsets.UTF_8));

  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock = Clock.systemUTC();

  @Reference(
      target = "(store=embedded)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile MasterRewrap store;

  /** Makes the service. */
  @Activate
  public MasterKeysImpl(@Reference Transactions transactions, @Reference EventLog log) {
    this.transactions = transactions;
    this.log = log;
  }

  @Override
  public int rewrap(TenantContext operator, MasterRewrap.Next next) {
    MasterRewrap present = store;
    if (present == null) {
      throw RookeryException.notFound("embedded store on this node");
    }
    int keys;
    try {
      keys = present.rewrap(next);
    } catch (SecretStoreException e) {
      throw failure(e);
    }
    NewEvent event =
        NewEvent.of(
            "secret.master_key_rewrapped",
            SUBJECT,
            clock.instant(),
            Map.of("data_keys", keys, "passphrase", next.passphrase()));
    transactions.call(
        operator.withoutIdempotencyKey(),
        tx -> {
          log.append(tx, event);
          return null;
        });
    return keys;
  }

  private static RookeryException failure(SecretStoreException e) {
    return switch (e.kind()) {
      case CONFLICT -> new RookeryException(CommonErrors.WRONG_STATE, e.getMessage(), e);
      case UNREADABLE -> new RookeryException(CommonErrors.INVALID_REQUEST, e.getMessage(), e);
      default -> StoreErrors.translate(e);
    };
  }
}
