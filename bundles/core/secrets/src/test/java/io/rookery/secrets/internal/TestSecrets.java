// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.events.EventLog;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.alert.Alerts;
import io.rookery.spi.secrets.SecretData;
import java.time.Clock;

/** Secrets of tenants for tests elsewhere, by a clock of theirs. */
public final class TestSecrets {

  private final TenantSecrets secrets;

  /** Works with some stores and alerts. */
  public TestSecrets(
      ConfiguredStore stores, Transactions transactions, EventLog log, Alerts alerts, Clock clock) {
    this.secrets = new TenantSecrets(stores, transactions, log, alerts, clock);
  }

  /** Writes a secret. */
  public void write(TenantContext context, String reference, SecretData data) {
    secrets.write(context, reference, data, "make");
  }

  /** Reads a secret. */
  public SecretData read(TenantContext context, String reference) {
    return secrets.read(context, reference, "download");
  }
}
