// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.entity;

import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.jpa.InstantConverter;
import io.rookery.persistence.jpa.UuidConverter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.IdClass;
import javax.persistence.Table;
import javax.persistence.Version;
import org.eclipse.persistence.annotations.Convert;
import org.eclipse.persistence.annotations.Converter;

/** An API key's row. */
@Entity
@Table(schema = "tenant", name = "api_key")
@IdClass(RowId.class)
@Converter(name = "uuid", converterClass = UuidConverter.class)
@Converter(name = "instant", converterClass = InstantConverter.class)
public class ApiKeyEntity {

  @Id
  @Convert("uuid")
  @Column(name = "tenant_id")
  private UUID tenantId;

  @Id
  @Convert("uuid")
  @Column(name = "id")
  private UUID id;

  @Column(name = "name")
  private String name;

  @Column(name = "scopes")
  private String scopes;

  @Column(name = "addresses")
  private String addresses;

  @Column(name = "mode")
  private String mode;

  @Column(name = "hint")
  private String hint;

  @Column(name = "digest")
  private byte[] digest;

  @Column(name = "pepper_id")
  private int pepperId;

  @Convert("instant")
  @Column(name = "created_at")
  private Instant createdAt;

  @Convert("instant")
  @Column(name = "expires_at")
  private Instant expiresAt;

  @Convert("instant")
  @Column(name = "last_used_at", insertable = false, updatable = false)
  private Instant lastUsedAt;

  @Convert("instant")
  @Column(name = "revoked_at")
  private Instant revokedAt;

  @Convert("uuid")
  @Column(name = "restricted_to")
  private UUID restrictedTo;

  @Version
  @Column(name = "version")
  private long version;

  /** For JPA. */
  protected ApiKeyEntity() {}

  /** Makes the row of a key that is new. */
  public static ApiKeyEntity from(UUID tenantId, ApiKey key, byte[] digest, int pepperId) {
    ApiKeyEntity entity = new ApiKeyEntity();
    entity.tenantId = tenantId;
    entity.id = key.id();
    entity.name = key.name();
    entity.scopes = ScopeText.write(key.scopes());
    entity.addresses = String.join(" ", key.addresses());
    entity.mode = ScopeText.write(key.mode());
    entity.hint = key.hint();
    entity.digest = digest.clone();
    entity.pepperId = pepperId;
    entity.createdAt = key.createdAt();
    entity.expiresAt = key.expiresAt();
    entity.restrictedTo = key.workspaceId();
    return entity;
  }

  /** Returns whether the key works at a moment. */
  public boolean worksAt(Instant now) {
    return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
  }

  /** Returns whether the key was revoked. */
  public boolean revoked() {
    return revokedAt != null;
  }

  /** Revokes the key. */
  public void revoke(Instant now) {
    revokedAt = now;
  }

  /** Lets the key end at a moment, unless it ends earlier anyway. */
  public void endBy(Instant moment) {
    if (expiresAt == null || expiresAt.isAfter(moment)) {
      expiresAt = moment;
    }
  }

  /** Returns the scopes that the key grants. */
  public Set<Scope> scopes() {
    return ScopeText.readScopes(scopes);
  }

  /** Returns the ranges that the key may be used from; empty for everywhere. */
  public List<AddressRange> addresses() {
    return ScopeText.readAddresses(addresses);
  }

  /** Returns whether the key is a live or a test one. */
  public Mode mode() {
    return ScopeText.readMode(mode);
  }

  /** Returns the version as of the last flush. */
  public long version() {
    return version;
  }

  /** Returns the key as the API shows it. */
  public ApiKey toRecord() {
    return new ApiKey(
        id,
        name,
        scopes(),
        addresses().stream().map(AddressRange::toString).toList(),
        mode(),
        hint,
        createdAt,
        expiresAt,
        lastUsedAt,
        revokedAt,
        restrictedTo);
  }
}
