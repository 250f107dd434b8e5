// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the operator's word for domains, tells the tenant's and the operator's logs of it, and says
 * what may be sent for.
 */
@Component(
    service = DomainService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class DomainServiceImpl implements DomainService {

  private final Transactions transactions;
  private final TenantService tenants;
  private final EventLog events;
  private final Clock clock;
  private final DomainStore store = new DomainStore();

  /** Makes the service. */
  @Activate
  public DomainServiceImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference EventLog events) {
    this(transactions, tenants, events, Clock.systemUTC());
  }

  DomainServiceImpl(
      Transactions transactions, TenantService tenants, EventLog events, Clock clock) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public DomainTrust trust(TenantContext operator, UUID tenantId, String domain) {
    String ascii = domain(domain);
    TenantContext tenant = tenant(operator, tenantId);
    DomainTrust trust =
        new DomainTrust(
            Uuids.next(),
            ascii,
            operator.actor().kind() + ":" + operator.actor().id(),
            clock.instant());
    boolean added = transactions.call(tenant, tx -> insert(tx, trust));
    if (added) {
      tell(operator, "domain.trusted", trust.id(), tenantId);
    }
    return trusted(tenant).stream()
        .filter(found -> found.domain().equals(ascii))
        .findFirst()
        .orElse(trust);
  }

  private boolean insert(Tx tx, DomainTrust trust) throws SQLException {
    String sql =
        """
        insert into tenant.domain_trust (tenant_id, id, domain, trusted_by, trusted_at)
        values (?, ?, ?, ?, ?) on conflict (tenant_id, domain) do nothing
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, trust.id());
      insert.setString(3, trust.domain());
      insert.setString(4, trust.trustedBy());
      insert.setObject(5, trust.trustedAt().atOffset(ZoneOffset.UTC));
      boolean added = insert.executeUpdate() == 1;
      if (added) {
        events.append(tx, NewEvent.of("domain.trusted", trust.id(), trust.trustedAt(), Map.of()));
      }
      return added;
    }
  }

  @Override
  public void distrust(TenantContext operator, UUID tenantId, String domain) {
    String ascii = domain(domain);
    UUID removed = transactions.call(tenant(operator, tenantId), tx -> remove(tx, ascii));
    if (removed != null) {
      tell(operator, "domain.distrusted", removed, tenantId);
    }
  }

  private UUID remove(Tx tx, String domain) throws SQLException {
    String sql = "delete from tenant.domain_trust where tenant_id = ? and domain = ? returning id";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setString(2, domain);
      try (ResultSet row = delete.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        UUID id = row.getObject(1, UUID.class);
        events.append(tx, NewEvent.of("domain.distrusted", id, clock.instant(), Map.of()));
        return id;
      }
    }
  }

  private void tell(TenantContext operator, String type, UUID id, UUID tenantId) {
    transactions.call(
        operator,
        tx -> {
          events.append(tx, NewEvent.of(type, id, clock.instant(), Map.of("tenant_id", tenantId)));
          return null;
        });
  }

  private TenantContext tenant(TenantContext operator, UUID tenantId) {
    if (!operator.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may trust a domain");
    }
    if (tenants.find(operator, tenantId.toString()).isEmpty()) {
      throw RookeryException.notFound("tenant");
    }
    return TenantContext.of(tenantId, operator.actor());
  }

  private static String domain(String domain) {
    return EmailAddresses.domain(domain == null ? "" : domain)
        .orElseThrow(
            () -> RookeryException.invalid("/domain", "This is no domain such as example.com"));
  }

  @Override
  public List<DomainTrust> trusted(TenantContext context) {
    return transactions.call(context, DomainServiceImpl::select);
  }

  private static List<DomainTrust> select(Tx tx) throws SQLException {
    String sql =
        "select id, domain, trusted_by, trusted_at from tenant.domain_trust where tenant_id = ?"
            + " order by domain";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        List<DomainTrust> trusts = new ArrayList<>();
        while (row.next()) {
          trusts.add(
              new DomainTrust(
                  row.getObject("id", UUID.class),
                  row.getString("domain"),
                  row.getString("trusted_by"),
                  row.getTimestamp("trusted_at").toInstant()));
        }
        return trusts;
      }
    }
  }

  @Override
  public boolean maySend(TenantContext context, String domain) {
    return objection(context, domain).isEmpty();
  }

  @Override
  public Optional<String> objection(TenantContext context, String domain) {
    Optional<String> wanted = EmailAddresses.domain(domain == null ? "" : domain);
    if (wanted.isEmpty()) {
      return Optional.of("This is no domain that mail can be sent from");
    }
    List<String> names = DomainNames.upwards(wanted.get());
    if (trusted(context).stream().map(DomainTrust::domain).anyMatch(names::contains)) {
      return Optional.empty();
    }
    return Objection.of(wanted.get(), transactions.call(context, tx -> store.named(tx, names)));
  }
}
