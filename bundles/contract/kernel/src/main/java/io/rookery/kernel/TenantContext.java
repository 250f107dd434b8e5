// SPDX-License-Identifier: Apache-2.0
package io.rookery.kernel;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * On whose behalf a call is made. It is the first parameter of every tenant call and travels by
 * hand: nothing in Rookery keeps a tenant in a thread.
 *
 * @param tenantId the tenant whose rows may be seen and changed, never null
 * @param actor who asks, never null
 * @param requestId the id under which logs and problems name this request, never null
 * @param idempotencyKey the client's key, or null where none was given
 * @param mode whether live or test objects are made and seen
 * @param source the network address that the request came from, for the audit log alone, or null
 *     where it came from none; personal data, which goes into no log, event or answer
 */
public record TenantContext(
    UUID tenantId,
    Actor actor,
    String requestId,
    IdempotencyKey idempotencyKey,
    Mode mode,
    String source,
    Set<UUID> workspaces) {

  /** Live objects send real mail; test objects never leave the sandbox. */
  public enum Mode {
    LIVE,
    TEST
  }

  /** Refuses a context that names no tenant or nobody. */
  public TenantContext {
    Objects.requireNonNull(tenantId, "tenantId");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(mode, "mode");
    workspaces = workspaces == null ? null : Set.copyOf(workspaces);
  }

  /** Makes a context of the whole tenant. */
  public TenantContext(
      UUID tenantId,
      Actor actor,
      String requestId,
      IdempotencyKey idempotencyKey,
      Mode mode,
      String source) {
    this(tenantId, actor, requestId, idempotencyKey, mode, source, null);
  }

  /** Makes a context of a call that came from no network address. */
  public TenantContext(
      UUID tenantId, Actor actor, String requestId, IdempotencyKey idempotencyKey, Mode mode) {
    this(tenantId, actor, requestId, idempotencyKey, mode, null);
  }

  /** Returns a live context without an idempotency key, with a request id of its own. */
  public static TenantContext of(UUID tenantId, Actor actor) {
    return new TenantContext(tenantId, actor, Uuids.next().toString(), null, Mode.LIVE);
  }

  /** Returns the same context with the client's key. */
  public TenantContext with(IdempotencyKey key) {
    return new TenantContext(tenantId, actor, requestId, key, mode, source, workspaces);
  }

  /** Returns the same context without the client's key, for work that is not the request's own. */
  public TenantContext withoutIdempotencyKey() {
    return idempotencyKey == null ? this : with(null);
  }

  /**
   * Returns a live context of another tenant for what the same actor does there by the same
   * request, without the client's key. Whether the actor may is the caller's to check.
   */
  public TenantContext inside(UUID otherTenantId) {
    return new TenantContext(otherTenantId, actor, requestId, null, Mode.LIVE, source);
  }

  /** Returns whether things of some workspaces alone may be seen and changed. */
  public boolean restricted() {
    return workspaces != null;
  }

  /**
   * Returns the same context for the things of some workspaces alone, or of the whole tenant where
   * they are null. Whether the actor may see them is the caller's to check.
   */
  public TenantContext in(Set<UUID> some) {
    return new TenantContext(tenantId, actor, requestId, idempotencyKey, mode, source, some);
  }

  /**
   * Returns the same context for the things of one workspace, as far as this one sees it; this one
   * where the workspace is null.
   */
  public TenantContext within(UUID workspace) {
    if (workspace == null) {
      return this;
    }
    return in(workspaces == null || workspaces.contains(workspace) ? Set.of(workspace) : Set.of());
  }

  /** Prints without the source. */
  @Override
  public String toString() {
    return "TenantContext[" + tenantId + ", " + actor + ", " + requestId + ", " + mode + "]";
  }
}
