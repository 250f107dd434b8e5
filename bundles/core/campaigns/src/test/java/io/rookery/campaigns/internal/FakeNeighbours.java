// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactListService;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.ContactService;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.DomainService;
import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.api.tenancy.Workspaces;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.spi.mail.Capability;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The areas to the left, as they would answer; what campaigns never ask is not answered. */
final class FakeNeighbours {

  static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  static final Workspaces OPEN =
      (tx, wanted) -> {
        UUID place = wanted == null ? tx.context().tenantId() : wanted;
        if (tx.context().restricted() && !tx.context().workspaces().contains(place)) {
          throw RookeryException.invalid("/workspace_id", "There is no such workspace");
        }
        return place;
      };

  /** Where lists and mailboxes are put that are made. */
  UUID home;

  final Map<UUID, UUID> places = new HashMap<>();

  Tenant.Status status = Tenant.Status.ACTIVE;
  String postalAddress = "1 Rookery Lane";
  boolean transactional = true;
  RookeryException outage;
  String unreachable = "No one-click unsubscribe came back";
  final Set<String> maySend = new HashSet<>();
  final Set<String> trusted = new HashSet<>();
  final Map<UUID, Mailbox> mailboxes = new HashMap<>();
  final Map<String, Set<Capability>> backends =
      new HashMap<>(
          Map.of(
              "sandbox", Set.of(Capability.RAW_MIME, Capability.CATCHES_MAIL),
              "smtp", Set.of(Capability.RAW_MIME),
              "loops", Set.of(Capability.TEMPLATES)));
  final Map<UUID, Long> lists = new HashMap<>();
  final Map<UUID, Contact> contacts = new HashMap<>();

  UUID mailbox(String address, String backend, String pausedReason) {
    UUID id = Uuids.next();
    mailboxes.put(
        id,
        new Mailbox(
            id,
            home,
            address,
            "Desk",
            backend,
            Map.of(),
            Set.of(),
            50,
            0,
            MailboxData.WhenInDoubt.HOLD,
            pausedReason,
            null,
            null,
            null,
            null,
            THEN,
            1));
    return id;
  }

  UUID list(long size) {
    UUID id = Uuids.next();
    lists.put(id, size);
    places.put(id, home);
    return id;
  }

  UUID contact(String firstName) {
    UUID id = Uuids.next();
    ContactData data =
        new ContactData(
            "ada@example.org", firstName, null, Map.of("city", "Kraków"), null, null, null, null);
    contacts.put(id, new Contact(id, data, false, THEN, THEN, 1));
    return id;
  }

  Neighbours all() {
    return new Neighbours(
        answer(
            TenantService.class,
            arguments -> {
              UUID id = ((TenantContext) arguments[0]).tenantId();
              return new Tenant(id, "demo", "Heronry", postalAddress, status, 1, THEN, 1);
            }),
        new Permissions(),
        answer(ContactService.class, arguments -> found(contacts.get(arguments[1]), "contact")),
        answer(
            ContactListService.class,
            arguments -> {
              UUID id = (UUID) arguments[1];
              return new ContactList(
                  id,
                  seen(arguments[0], places.get(id), "list"),
                  "List",
                  found(lists.get(id), "list"),
                  THEN,
                  1);
            }),
        answer(
            MailboxService.class,
            arguments -> {
              Mailbox mailbox = found(mailboxes.get(arguments[1]), "mailbox");
              seen(arguments[0], mailbox.workspaceId(), "mailbox");
              return mailbox;
            }),
        new Domains(),
        new Reach(),
        new Backends(),
        OPEN);
  }

  /** As row-level security would have it. */
  private UUID seen(Object context, UUID place, String what) {
    TenantContext asking = (TenantContext) context;
    if (asking.restricted() && !asking.workspaces().contains(place)) {
      throw RookeryException.notFound(what);
    }
    return place;
  }

  private final class Reach implements PublicReach {

    @Override
    public Optional<String> objection() {
      return Optional.ofNullable(unreachable);
    }

    @Override
    public boolean arrived(String token, String host) {
      throw new UnsupportedOperationException("Campaigns receive nothing");
    }
  }

  private static <T> T found(T value, String what) {
    return Optional.ofNullable(value).orElseThrow(() -> RookeryException.notFound(what));
  }

  private interface Answer {
    Object to(Object[] arguments);
  }

  /** Answers {@code get} alone. */
  private <T> T answer(Class<T> service, Answer get) {
    return service.cast(
        Proxy.newProxyInstance(
            service.getClassLoader(),
            new Class<?>[] {service},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("get")) {
                throw new UnsupportedOperationException(method.getName());
              }
              if (outage != null) {
                throw outage;
              }
              return get.to(arguments);
            }));
  }

  private final class Permissions implements TenantPermissions {

    @Override
    public Grant grant(TenantContext operator, UUID tenantId, Permission permission) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void revoke(TenantContext operator, UUID tenantId, Permission permission) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Grant> list(TenantContext context) {
      Grant grant = new Grant(Uuids.next(), Permission.TRANSACTIONAL_MAIL, "operator", THEN);
      return transactional ? List.of(grant) : List.of();
    }

    @Override
    public boolean holds(Tx tx, Permission permission) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Domains implements DomainService {

    @Override
    public DomainTrust trust(TenantContext operator, UUID tenantId, String domain) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void distrust(TenantContext operator, UUID tenantId, String domain) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<DomainTrust> trusted(TenantContext context) {
      return trusted.stream()
          .map(domain -> new DomainTrust(Uuids.next(), domain, "operator", THEN))
          .toList();
    }

    @Override
    public boolean maySend(TenantContext context, String domain) {
      return maySend.contains(domain) || trusted.contains(domain);
    }

    @Override
    public Optional<String> objection(TenantContext context, String domain) {
      return maySend(context, domain)
          ? Optional.empty()
          : Optional.of("Have the domain " + domain + " verified before sending");
    }
  }

  private final class Backends implements BackendDirectory {

    @Override
    public List<Backend> list() {
      return new ArrayList<>();
    }

    @Override
    public Optional<Backend> find(String name) {
      return Optional.ofNullable(backends.get(name))
          .map(capabilities -> new Backend(name, "1", capabilities, List.of()));
    }
  }
}
