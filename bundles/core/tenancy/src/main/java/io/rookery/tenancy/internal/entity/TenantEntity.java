// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.entity;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.Tenant.Status;
import io.rookery.api.tenancy.TenantService.TenantChange;
import io.rookery.persistence.jpa.InstantConverter;
import io.rookery.persistence.jpa.UuidConverter;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import javax.persistence.Version;
import org.eclipse.persistence.annotations.Convert;
import org.eclipse.persistence.annotations.Converter;

/** A tenant's own row. */
@Entity
@Table(schema = "tenant", name = "tenant")
@IdClass(RowId.class)
@Converter(name = "uuid", converterClass = UuidConverter.class)
@Converter(name = "instant", converterClass = InstantConverter.class)
public class TenantEntity {

  @Id
  @Convert("uuid")
  @Column(name = "tenant_id")
  private UUID tenantId;

  @Id
  @Convert("uuid")
  @Column(name = "id")
  private UUID id;

  @Column(name = "slug")
  private String slug;

  @Column(name = "name")
  private String name;

  @Column(name = "postal_address")
  private String postalAddress;

  @Column(name = "status")
  private String status;

  @Column(name = "suspension_reason")
  private String suspensionReason;

  @Column(name = "weight")
  private int weight;

  @Convert("instant")
  @Column(name = "created_at")
  private Instant createdAt;

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA. */
  protected TenantEntity() {}

  /** Takes over what was asked to change; null stays. */
  public void change(TenantChange change) {
    name = change.name() == null ? name : change.name();
    postalAddress = change.postalAddress() == null ? postalAddress : change.postalAddress();
  }

  /** Changes the weight. */
  public void weigh(int next) {
    weight = next;
  }

  /** Returns whether the tenant has this status. */
  public boolean is(Status wanted) {
    return status().equals(wanted);
  }

  /** Changes the status; the reason is null where there is none. */
  public void changeStatus(Status next, String reason) {
    status = next.name().toLowerCase(Locale.ROOT);
    suspensionReason = reason;
  }

  private Status status() {
    return Status.valueOf(status.toUpperCase(Locale.ROOT));
  }

  /** Returns the tenant as the API shows it. */
  public Tenant toRecord() {
    return new Tenant(id, slug, name, postalAddress, status(), weight, createdAt, version);
  }
}
