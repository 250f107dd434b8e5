// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.ApiKey;
import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.KeyUsage;
import io.rookery.api.tenancy.Scope;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.EntityTx;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.TenantServiceImpl.Neighbours;
import io.rookery.tenancy.internal.auth.KeyCache;
import io.rookery.tenancy.internal.entity.ApiKeyEntity;
import io.rookery.tenancy.internal.entity.RowId;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.key.KeyText;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.store.Cursor;
import io.rookery.tenancy.internal.store.KeyPointers;
import io.rookery.tenancy.internal.store.KeyPointers.Pointer;
import io.rookery.tenancy.internal.store.UsageRows;
import io.rookery.tenancy.internal.workspace.WorkspaceRows;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.persistence.EntityManagerFactory;
import javax.persistence.LockModeType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** API keys. A key's pointer is written ahead of the key, and taken back where no key followed. */
@Component
public final class ApiKeyServiceImpl implements ApiKeyService {

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeyServiceImpl.class);

  private static final Pattern KEY_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  private final Transactions transactions;
  private final EntityManagerFactory unit;
  private final EventLog log;
  private final Epochs epochs;
  private final KeyDigests digests;
  private final KeyPointers pointers;
  private final KeyQueries queries = new KeyQueries();
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public ApiKeyServiceImpl(
      @Reference Transactions transactions,
      @Reference(target = "(osgi.unit.name=tenancy)") EntityManagerFactory unit,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference PlatformKeys peppers,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(new Neighbours(transactions, unit, log, epochs), peppers, Clock.systemUTC());
  }

  ApiKeyServiceImpl(Neighbours neighbours, PlatformKeys peppers, Clock clock) {
    this.transactions = neighbours.transactions();
    this.unit = neighbours.unit();
    this.log = neighbours.log();
    this.epochs = neighbours.epochs();
    this.digests = new KeyDigests(peppers);
    this.pointers = new KeyPointers(transactions);
    this.clock = clock;
  }

  @Override
  public CreatedKey create(TenantContext context, NewApiKey wanted, Set<Scope> holder) {
    Instant now = now();
    ApiKeyRules.check(wanted, now);
    ApiKeyRules.checkMaker(wanted.scopes(), wanted.mode(), holder, context.mode());
    Minted minted = mint(wanted.mode());
    return withPointer(
        context,
        minted,
        tx -> {
          List<AddressRange> makers = maker(tx).map(ApiKeyEntity::addresses).orElse(List.of());
          List<String> addresses = ApiKeyRules.addresses(wanted.addresses(), makers);
          UUID workspace = wanted.workspaceId();
          if (workspace != null && WorkspaceRows.known(tx, Set.of(workspace)) == 0) {
            throw RookeryException.invalid("/workspace_id", "There is no such workspace");
          }
          return add(tx, minted, minted.describe(wanted, addresses, now));
        });
  }

  /** The work's transaction decides; a pointer whose key was not made is taken back. */
  private CreatedKey withPointer(
      TenantContext context, Minted minted, EntityWork<CreatedKey> work) {
    Pointer pointer = new Pointer(context.tenantId(), minted.id(), minted.digest().digest());
    pointers.add(pointer, minted.digest().pepperId(), now());
    try {
      return transactions.callEntityOnce(context, unit, CreatedKey.class, work);
    } catch (RuntimeException e) {
      removeQuietly(pointer);
      throw e;
    }
  }

  /** An error may come after the commit, so whether the key was made is looked up. */
  private void removeQuietly(Pointer pointer) {
    try {
      pointers.removeOrphan(pointer);
    } catch (RookeryException e) {
      LOG.warn("A pointer without a key is left to the sweep: {}", e.getMessage());
    }
  }

  private CreatedKey add(EntityTx tx, Minted minted, ApiKey key) {
    tx.entities()
        .persist(
            ApiKeyEntity.from(
                tx.context().tenantId(),
                key,
                minted.digest().digest(),
                minted.digest().pepperId()));
    tx.entities().flush();
    append(tx, "api_key.created", key.id(), 1, Map.of("mode", key.mode().name()));
    return new CreatedKey(key, minted.secret());
  }

  @Override
  public Page<ApiKey> list(TenantContext context, PageRequest page) {
    UUID before = Cursor.API_KEYS.read(page.cursor());
    List<ApiKey> keys =
        transactions.callEntity(context, unit, tx -> queries.list(tx, before, page.limit() + 1));
    return Cursor.API_KEYS.page(keys, page.limit(), ApiKey::id);
  }

  @Override
  public ApiKey get(TenantContext context, UUID id) {
    return transactions.callEntity(context, unit, tx -> find(tx, id, LockModeType.NONE).toRecord());
  }

  @Override
  public KeyUsage usage(TenantContext context, UUID id) {
    get(context, id);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return transactions.call(context, tx -> UsageRows.read(tx, id, today));
  }

  @Override
  public ApiKey revoke(TenantContext context, UUID id) {
    ApiKey revoked =
        transactions.callEntityOnce(
            context,
            unit,
            ApiKey.class,
            tx -> {
              ApiKeyEntity key = find(tx, id, LockModeType.PESSIMISTIC_WRITE);
              if (!key.revoked()) {
                key.revoke(now());
                tx.entities().flush();
                append(tx, "api_key.revoked", id, key.version(), Map.of());
              }
              return key.toRecord();
            });
    // Also where nothing changed: a node may have died here before.
    epochs.raise(context.tenantId(), KeyCache.KEYS);
    return revoked;
  }

  @Override
  public CreatedKey rotate(TenantContext context, UUID id, Duration grace) {
    Duration given = ApiKeyRules.checkGrace(grace);
    Mode mode = get(context, id).mode();
    Minted minted = mint(mode);
    CreatedKey created = withPointer(context, minted, tx -> succeed(tx, id, minted, given));
    epochs.raise(context.tenantId(), KeyCache.KEYS);
    return created;
  }

  private CreatedKey succeed(EntityTx tx, UUID id, Minted minted, Duration grace)
      throws SQLException {
    Instant now = now();
    ApiKeyEntity old = find(tx, id, LockModeType.PESSIMISTIC_WRITE);
    if (!old.worksAt(now)) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "A key that has ended cannot be rotated; make a new one");
    }
    requireRights(tx, old);
    ApiKey before = old.toRecord();
    ApiKey successor =
        minted.describe(
            new NewApiKey(
                before.name(),
                before.scopes(),
                before.mode(),
                before.expiresAt(),
                List.of(),
                before.workspaceId()),
            before.addresses(),
            now);
    old.endBy(now.plus(grace));
    tx.entities().flush();
    append(
        tx,
        "api_key.rotated",
        id,
        old.version(),
        Map.of("successor_id", successor.id(), "grace_seconds", grace.toSeconds()));
    return add(tx, minted, successor);
  }

  /** Whoever rotates a key is shown its successor, so must have had the same rights already. */
  private void requireRights(EntityTx tx, ApiKeyEntity key) throws SQLException {
    Actor actor = tx.context().actor();
    if (actor.kind() == Actor.Kind.USER) {
      ApiKeyRules.checkMaker(key.scopes(), key.mode(), roleScopes(tx, actor), tx.context().mode());
      return;
    }
    if (!cameByKey(actor)) {
      return;
    }
    Set<Scope> held = maker(tx).map(ApiKeyEntity::scopes).orElse(Set.of());
    ApiKeyRules.checkMaker(key.scopes(), key.mode(), held, tx.context().mode());
  }

  /** Returns the key that asks where it is one of the same tenant. */
  private static Optional<ApiKeyEntity> maker(EntityTx tx) {
    Actor actor = tx.context().actor();
    return cameByKey(actor)
        ? Optional.ofNullable(tx.entities().find(ApiKeyEntity.class, rowId(tx, actor)))
        : Optional.empty();
  }

  private static Set<Scope> roleScopes(Tx tx, Actor person) throws SQLException {
    return Memberships.ofUser(tx, UUID.fromString(person.id()))
        .map(member -> member.role().scopes())
        .orElse(Set.of());
  }

  /** The operator's actor is named by the id of its key, or at the shell by the user. */
  private static boolean cameByKey(Actor actor) {
    return switch (actor.kind()) {
      case API_KEY -> true;
      case OPERATOR -> KEY_ID.matcher(actor.id()).matches();
      case USER, SYSTEM, PUBLIC -> false;
    };
  }

  private static RowId rowId(Tx tx, Actor actor) {
    try {
      return new RowId(tx.context().tenantId(), UUID.fromString(actor.id()));
    } catch (IllegalArgumentException e) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "The caller's key is not known", e);
    }
  }

  /** A test key sees test keys only. */
  private static ApiKeyEntity find(EntityTx tx, UUID id, LockModeType lock) {
    RowId row = new RowId(tx.context().tenantId(), id);
    ApiKeyEntity key = tx.entities().find(ApiKeyEntity.class, row, lock);
    if (key == null || tx.context().mode() == Mode.TEST && key.mode() != Mode.TEST) {
      throw RookeryException.notFound("API key");
    }
    return key;
  }

  private void append(Tx tx, String type, UUID id, long version, Map<String, ?> data) {
    log.append(tx, new NewEvent(type, id, version, clock.instant(), data));
  }

  private Minted mint(Mode mode) {
    String text = KeyText.create(mode);
    return new Minted(Uuids.next(), Secret.of(text), digests.digest(text));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** A key that is made up but not kept yet. */
  private record Minted(UUID id, Secret secret, KeyDigests.Peppered digest) {

    ApiKey describe(NewApiKey wanted, List<String> addresses, Instant now) {
      Instant expiresAt =
          wanted.expiresAt() == null ? null : wanted.expiresAt().truncatedTo(ChronoUnit.MICROS);
      return new ApiKey(
          id,
          wanted.name().strip(),
          wanted.scopes(),
          addresses,
          wanted.mode(),
          KeyText.hint(secret.reveal()),
          now,
          expiresAt,
          null,
          null,
          wanted.workspaceId());
    }
  }
}
