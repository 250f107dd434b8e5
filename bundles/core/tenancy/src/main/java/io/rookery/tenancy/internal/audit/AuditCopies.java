// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.audit.bucket.Bucket;
import io.rookery.tenancy.internal.audit.bucket.HeadBucket;
import io.rookery.tenancy.internal.audit.head.HeadFolder;
import io.rookery.tenancy.internal.audit.head.HeadStore;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where heads are copied to, by what is configured: an object store before a folder. */
@Component(service = AuditCopies.class)
public final class AuditCopies {

  /** Where the secret key stands in the platform's part of the secret store. */
  static final String REFERENCE = "audit/heads";

  private static final String FIELD = "secret_key";

  private final HeadStore store;
  private final boolean offHost;

  /** Reads the configuration; the secret is not read before a copy is made. */
  @Activate
  public AuditCopies(
      @Reference AuditSettings settings,
      @Reference PlatformSecrets secrets,
      @Reference OperatorTenant operator) {
    Bucket bucket = settings.bucket().orElse(null);
    this.offHost = bucket != null || settings.offHost();
    this.store =
        bucket == null
            ? new HeadFolder(settings.folder())
            : new HeadBucket(bucket, () -> secret(secrets, operator), Clock.systemUTC());
  }

  private static Secret secret(PlatformSecrets secrets, OperatorTenant operator) {
    TenantContext platform = TenantContext.of(operator.id(), Actor.system("audit"));
    Secret found = secrets.read(platform, REFERENCE, "audit.heads").fields().get(FIELD);
    if (found == null) {
      throw RookeryException.notFound("secret");
    }
    return found;
  }

  HeadStore store() {
    return store;
  }

  /** Returns whether somebody chose the place, so that it may be on another host. */
  boolean offHost() {
    return offHost;
  }
}
