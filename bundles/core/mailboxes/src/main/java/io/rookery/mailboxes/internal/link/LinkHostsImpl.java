// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.events.EventLog;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.domain.DomainNames;
import io.rookery.mailboxes.internal.domain.DomainPlatform;
import io.rookery.mailboxes.internal.domain.PublicAddress;
import io.rookery.mailboxes.internal.oauth.GuardedHttps;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.EgressGuard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Knows the hosts of links, and has them looked at when they are due. */
@Component(
    service = {LinkHosts.class, Schedule.class},
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class LinkHostsImpl implements LinkHosts, Schedule {

  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final DomainService domains;
  private final PublicAddress address;
  private final RequestHost own;
  private final GuardedHttps https;
  private final LinkProbe probe;
  private final LinkHostUpkeep upkeep;
  private final LinkHostStore store = new LinkHostStore();

  /** Makes the service. */
  @Activate
  public LinkHostsImpl(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference DomainService domains,
      @Reference DomainPlatform platform,
      @Reference PublicAddress address,
      @Reference PlatformKeys keys,
      @Reference EgressGuard guard) {
    this(
        new Neighbours(transactions, events, domains, platform, address, keys),
        new GuardedHttps(guard, (SSLSocketFactory) SSLSocketFactory.getDefault(), ANSWER),
        Clock.systemUTC());
  }

  LinkHostsImpl(Neighbours neighbours, GuardedHttps https, Clock clock) {
    this.transactions = neighbours.transactions();
    this.domains = neighbours.domains();
    this.address = neighbours.address();
    this.own = new RequestHost(address);
    this.https = https;
    this.probe = new LinkProbe(neighbours.keys(), https, address.port(), clock);
    this.upkeep =
        new LinkHostUpkeep(
            transactions, neighbours.events(), neighbours.platform(), probe::trouble, clock);
  }

  /** What the service stands on. */
  record Neighbours(
      Transactions transactions,
      EventLog events,
      DomainService domains,
      DomainPlatform platform,
      PublicAddress address,
      PlatformKeys keys) {}

  /** Ends the connections that are open. */
  @Deactivate
  public void close() {
    https.close();
  }

  @Override
  public Optional<String> address(TenantContext context, String fromDomain) {
    Optional<String> domain = EmailAddresses.domain(fromDomain);
    if (domain.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = DomainNames.upwards(domain.get());
    Optional<String> host = transactions.call(context, tx -> store.usable(tx, names));
    if (host.isPresent()) {
      return host.map(probe::address);
    }
    boolean trusted =
        domains.trusted(context).stream().anyMatch(trust -> names.contains(trust.domain()));
    return trusted ? Optional.of(address.url()) : Optional.empty();
  }

  @Override
  public boolean serves(TenantContext context, String host, Instant made) {
    if (own.isOwn(host)) {
      return true;
    }
    return RequestHost.name(host)
        .flatMap(name -> transactions.call(context, tx -> store.named(tx, name)))
        .filter(row -> row.verifiedAt() != null || madeBefore(row.endedAt(), made))
        .isPresent();
  }

  private static boolean madeBefore(Instant end, Instant made) {
    return end != null && made.isBefore(end);
  }

  @Override
  public Optional<String> prove(String token, String host) {
    return RequestHost.name(host).flatMap(name -> probe.answer(token, name));
  }

  @Override
  public boolean admits(String host) {
    Optional<String> name = RequestHost.name(host).filter(n -> !host.contains(":"));
    return name.isPresent()
        && (name.equals(address.host())
            || transactions.system(
                SystemPurpose.LINK_HOSTS, system -> store.isPointed(system, name.get())));
  }

  @Override
  public List<String> admitted() {
    List<String> hosts = new ArrayList<>(address.host().stream().toList());
    transactions.system(SystemPurpose.LINK_HOSTS, store::pointed).stream()
        .filter(host -> !hosts.contains(host))
        .forEach(hosts::add);
    return hosts;
  }

  @Override
  public List<LinkHost> list(TenantContext context) {
    return transactions.call(context, store::list).stream().map(LinkHostRow::shown).toList();
  }

  @Override
  public String name() {
    return "mailboxes.link-hosts";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws InterruptedException {
    upkeep.run();
  }
}
