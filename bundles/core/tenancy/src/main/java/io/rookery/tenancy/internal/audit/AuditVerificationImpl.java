// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.audit.AuditVerification;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.audit.head.HeadFolder;
import io.rookery.tenancy.internal.audit.head.HeadKeys;
import io.rookery.tenancy.internal.audit.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Verifies chains for the operator. */
@Component
public final class AuditVerificationImpl implements AuditVerification {

  private final Transactions transactions;
  private final TenantService tenants;
  private final HeadKeys keys;
  private final Path configured;

  /** Verifies once the tables and the platform's keys are there. */
  @Activate
  public AuditVerificationImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference PlatformKeys keys,
      @Reference AuditSettings settings,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(transactions, tenants, new HeadKeys(keys), settings.folder());
  }

  AuditVerificationImpl(
      Transactions transactions, TenantService tenants, HeadKeys keys, Path configured) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.keys = keys;
    this.configured = configured;
  }

  @Override
  public Report verify(TenantContext operator, UUID tenantId, Path heads) {
    if (!operator.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator verifies audit chains");
    }
    if (heads != null && !Files.isDirectory(heads)) {
      throw RookeryException.invalid("/heads", "There is no such folder");
    }
    try {
      HeadFolder folder = new HeadFolder(heads == null ? configured : heads);
      return new Verifier(transactions, keys, Clock.systemUTC()).verify(tenantId, folder);
    } catch (IOException e) {
      throw RookeryException.invalid("/heads", "The folder of copied heads cannot be read");
    }
  }
}
