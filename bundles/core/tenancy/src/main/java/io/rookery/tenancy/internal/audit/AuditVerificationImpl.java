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
import io.rookery.tenancy.internal.audit.head.HeadStore;
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
  private final HeadStore configured;

  /** Verifies once the tables and the platform's keys are there. */
  @Activate
  public AuditVerificationImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference PlatformKeys keys,
      @Reference AuditCopies copies,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(transactions, tenants, new HeadKeys(keys), copies.store());
  }

  AuditVerificationImpl(
      Transactions transactions, TenantService tenants, HeadKeys keys, HeadStore configured) {
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
      HeadStore copies = heads == null ? configured : new HeadFolder(heads);
      return new Verifier(transactions, keys, Clock.systemUTC()).verify(tenantId, copies);
    } catch (IOException e) {
      throw RookeryException.invalid("/heads", "The copied heads cannot be read");
    }
  }
}
