// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.ContactListService.ListData;
import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.contacts.SuppressionService.Suppression;
import io.rookery.contacts.internal.store.AttributeTokens;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ContactServicesTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");

  private final Neighbours neighbours = new Neighbours();
  private final TenantContext tenant = DATABASE.tenant();
  private final ContactServiceImpl contacts =
      new ContactServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC());
  private final ContactListServiceImpl lists =
      new ContactListServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.workspaces(), Clock.systemUTC());
  private final SuppressionServiceImpl suppressions =
      new SuppressionServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC());

  @Test
  void tablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void keepsAContactOnceByItsNormalisedAddress() {
    Contact made =
        contacts.create(tenant, data("Ada@Bücher.example", Map.of("age", 36, "vip", true)));
    assertThat(made.data().email()).isEqualTo("Ada@xn--bcher-kva.example");
    assertThat(made.data().attributes()).isEqualTo(Map.of("age", 36, "vip", true));
    assertThat(contacts.get(tenant, made.id())).isEqualTo(made);
    fails("conflict", () -> contacts.create(tenant, data("ADA@bücher.example", null)));
    fails("validation_failed", () -> contacts.create(tenant, data("ada", null)));
    fails(
        "validation_failed",
        () -> contacts.create(tenant, data("b@example.com", Map.of("a b", 1))));
    assertThat(neighbours.types()).containsExactly("contact.created");
  }

  @Test
  void createsOncePerKey() {
    TenantContext keyed = tenant.with(new IdempotencyKey("k", "f"));
    Contact first = contacts.create(keyed, data("a@example.com", null));
    assertThat(contacts.create(keyed, data("a@example.com", null))).isEqualTo(first);
  }

  @Test
  void changesWhatIsGivenUnderTheVersionSeen() {
    Contact made =
        contacts.create(tenant, data("a@example.com", Map.of("city", "Köln", "vip", true)));
    ContactData change =
        new ContactData(
            null, "Ada", null, Collections.singletonMap("vip", null), "DE", null, null, null);
    Contact changed = contacts.update(tenant, made.id(), change, 1);
    assertThat(changed.version()).isEqualTo(2);
    assertThat(changed.data().attributes()).isEqualTo(Map.of("city", "Köln"));
    assertThat(byAttribute("vip", "true")).isEmpty();
    assertThat(byAttribute("city", "Köln")).containsExactly(changed);
    fails("precondition_failed", () -> contacts.update(tenant, made.id(), change, 1));
    assertThat(contacts.update(tenant, made.id(), change, 0).version()).isEqualTo(2);
    contacts.create(tenant, data("b@example.com", null));
    fails("conflict", () -> contacts.update(tenant, made.id(), data("B@example.com", null), 0));
  }

  @Test
  void aTokenThatTwoValuesShareFindsOnlyTheRightOne() throws Exception {
    Contact made = contacts.create(tenant, data("shared@example.com", Map.of("city", "Bonn")));
    try (Connection app = DATABASE.asApp(tenant);
        PreparedStatement insert =
            app.prepareStatement("insert into tenant.contact_attribute values (?, ?, ?)")) {
      insert.setObject(1, tenant.tenantId());
      insert.setLong(2, new AttributeTokens().of("city", "Oslo"));
      insert.setObject(3, made.id());
      insert.executeUpdate();
    }
    assertThat(byAttribute("city", "Oslo")).isEmpty();
    assertThat(byAttribute("city", "Bonn")).extracting(Contact::id).containsExactly(made.id());
  }

  @Test
  void hidesAContactFromAnotherTenant() throws Exception {
    Contact made = contacts.create(tenant, data("a@example.com", Map.of("x", "y")));
    TenantContext other = DATABASE.tenant();
    fails("not_found", () -> contacts.get(other, made.id()));
    fails("not_found", () -> contacts.delete(other, made.id()));
    fails("not_found", () -> contacts.update(other, made.id(), data("b@example.com", null), 0));
    try (Connection app = DATABASE.asApp(other);
        Statement statement = app.createStatement()) {
      for (String table : List.of("contact", "contact_attribute", "contacts_audience_v1")) {
        ResultSet row = statement.executeQuery("select count(*) from tenant." + table);
        row.next();
        assertThat(row.getLong(1)).as(table).isZero();
      }
    }
  }

  @Test
  void listsInPagesAndRefusesForeignCursors() {
    for (int i = 0; i < 5; i++) {
      contacts.create(tenant, data("u" + i + "@example.com", null));
    }
    Page<Contact> first = contacts.list(tenant, null, new PageRequest(3, null));
    Page<Contact> rest = contacts.list(tenant, null, new PageRequest(3, first.next()));
    assertThat(first.items()).hasSize(3);
    assertThat(rest.items()).hasSize(2);
    assertThat(rest.next()).isNull();
    fails("invalid_request", () -> contacts.list(tenant, null, new PageRequest(3, "x!")));
    fails("invalid_request", () -> lists.list(tenant, new PageRequest(3, first.next())));
  }

  @Test
  void keepsListsByName() {
    Contact ada = contacts.create(tenant, data("a@example.com", null));
    ContactList list = lists.create(tenant, "News");
    fails("conflict", () -> lists.create(tenant, "news"));
    assertThat(lists.add(tenant, list.id(), List.of(ada.id()))).isEqualTo(1);
    assertThat(lists.add(tenant, list.id(), List.of(ada.id()))).isZero();
    fails("not_found", () -> lists.add(tenant, list.id(), List.of(list.id())));
    assertThat(lists.get(tenant, list.id()).contacts()).isEqualTo(1);
    assertThat(contacts.list(tenant, new Filter(list.id(), null, null), PageRequest.FIRST).items())
        .containsExactly(ada);
    assertThat(lists.update(tenant, list.id(), new ListData("Old", null), 1).name())
        .isEqualTo("Old");
    contacts.delete(tenant, ada.id());
    assertThat(lists.get(tenant, list.id()).contacts()).isZero();
    lists.delete(tenant, list.id());
    fails("not_found", () -> lists.get(tenant, list.id()));
  }

  @Test
  void suppressionOutlivesTheContact() {
    Contact ada = contacts.create(tenant, data("a@example.com", null));
    Suppression manual = suppressions.add(tenant, "A@Example.com", Reason.MANUAL);
    assertThat(manual.hint()).isEqualTo("a…@example.com");
    assertThat(suppressions.add(tenant, "a@example.com", Reason.MANUAL)).isEqualTo(manual);
    assertThat(contacts.get(tenant, ada.id()).suppressed()).isTrue();
    contacts.delete(tenant, ada.id());
    assertThat(suppressions.suppressed(tenant, "a@example.com")).isTrue();
    assertThat(suppressions.suppressed(DATABASE.tenant(), "a@example.com")).isFalse();
    suppressions.remove(tenant, manual.id());
    assertThat(suppressions.suppressed(tenant, "a@example.com")).isFalse();
  }

  @Test
  void whatTheAddresseeAsksForCannotBeLifted() {
    Contact ada = contacts.create(tenant, data("a@example.com", null));
    Suppression kept = suppressions.add(tenant, "a@example.com", Reason.MANUAL);
    DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              suppressions.addContact(tx, ada.id(), Reason.UNSUBSCRIBE);
              return null;
            });
    fails("wrong_state", () -> suppressions.remove(tenant, kept.id()));
    assertThat(neighbours.types()).filteredOn("contact.suppressed"::equals).hasSize(2);
  }

  @Test
  void aRepeatedAdditionToAListShouldBeAnsweredAsTheFirst() {
    ContactList readers = lists.create(tenant, "readers");
    Contact ada = contacts.create(tenant, data("a@example.com", null));
    TenantContext keyed = tenant.with(new IdempotencyKey("add", "f"));
    assertThat(lists.add(keyed, readers.id(), List.of(ada.id()))).isEqualTo(1);
    assertThat(lists.add(keyed, readers.id(), List.of(ada.id()))).isEqualTo(1);
    assertThat(lists.add(tenant, readers.id(), List.of(ada.id()))).isZero();
  }

  @Test
  void whoUnsubscribesMeansTheAddressThatWasWrittenToWhateverBecameOfTheContact() {
    Contact gone = contacts.create(tenant, data("gone@example.com", null));
    contacts.delete(tenant, gone.id());
    Contact moved = contacts.create(tenant, data("old@example.com", null));
    contacts.update(tenant, moved.id(), data("new@example.com", null), 0);

    assertThat(unsubscribe(gone)).isTrue();
    assertThat(unsubscribe(moved)).isTrue();

    for (String address : List.of("gone@example.com", "old@example.com", "new@example.com")) {
      assertThat(suppressions.suppressed(tenant, address)).as(address).isTrue();
    }
    assertThat(unsubscribe(gone)).isFalse();
    assertThat(unsubscribe(moved)).isFalse();
    assertThat(contacts.create(tenant, data("gone@example.com", null)).suppressed()).isTrue();
  }

  private boolean unsubscribe(Contact contact) {
    return DATABASE
        .transactions()
        .call(tenant, tx -> suppressions.addContact(tx, contact.id(), Reason.UNSUBSCRIBE));
  }

  @Test
  void whatBarsAllMailGoesOnToWhicheverReasonCameFirst() {
    suppressions.add(tenant, "bounced@example.com", Reason.UNSUBSCRIBE);
    suppressions.add(tenant, "bounced@example.com", Reason.HARD_BOUNCE);
    suppressions.add(tenant, "blocked@example.com", Reason.MANUAL);
    suppressions.add(tenant, "blocked@example.com", Reason.UNSUBSCRIBE);
    suppressions.add(tenant, "left@example.com", Reason.UNSUBSCRIBE);
    suppressions.add(tenant, "left@example.com", Reason.UNSUBSCRIBE);
    List<String> asked = List.of("bounced@example.com", "blocked@example.com", "left@example.com");
    Map<String, Barrier> barriers =
        DATABASE.transactions().call(tenant, tx -> suppressions.barriers(tx, asked));
    Set<Reason> both = Set.of(Reason.UNSUBSCRIBE, Reason.MANUAL);
    assertThat(barriers.get("bounced@example.com").reasons()).isEqualTo(both);
    assertThat(barriers.get("blocked@example.com").reasons()).isEqualTo(both);
    assertThat(barriers.get("left@example.com").reasons()).containsExactly(Reason.UNSUBSCRIBE);
  }

  @Test
  void suppressesDomainsAndForThePlatform() throws Exception {
    Contact ada = contacts.create(tenant, data("a@bücher.example", null));
    suppressions.add(tenant, "@bücher.example", Reason.MANUAL);
    assertThat(contacts.get(tenant, ada.id()).suppressed()).isTrue();
    Contact bob = contacts.create(tenant, data("bob@example.org", null));
    byte[] digest = new AddressDigests(Neighbours.keys()).address("bob@example.org");
    try (Connection system = DATABASE.asSystem();
        PreparedStatement insert =
            system.prepareStatement(
                "insert into platform.suppression values (?, false, 'COMPLAINT', now())")) {
      insert.setBytes(1, digest);
      insert.execute();
    }
    assertThat(contacts.get(tenant, bob.id()).suppressed()).isTrue();
    try (Connection app = DATABASE.asApp(tenant);
        Statement statement = app.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from tenant.contacts_audience_v1 where suppressed")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void tellsWhatStandsAgainstAddresses() throws Exception {
    suppressions.add(tenant, "left@example.com", Reason.UNSUBSCRIBE);
    suppressions.add(tenant, "@example.net", Reason.MANUAL);
    suppressions.add(tenant, "both@example.net", Reason.HARD_BOUNCE);
    Contact quiet = contacts.create(tenant, data("quiet@example.com", null));
    try (Connection owner = DATABASE.owner();
        PreparedStatement restrict =
            owner.prepareStatement("update tenant.contact set restricted = true where id = ?")) {
      restrict.setObject(1, quiet.id());
      restrict.executeUpdate();
    }
    List<String> asked =
        List.of(
            "LEFT@example.com",
            "left@example.com",
            "both@example.net",
            "any@EXAMPLE.net",
            "quiet@example.com",
            "free@example.com");

    Map<String, Barrier> barriers = barriers(tenant, asked);

    assertThat(barriers)
        .isEqualTo(
            Map.of(
                "LEFT@example.com", new Barrier(Set.of(Reason.UNSUBSCRIBE), false),
                "left@example.com", new Barrier(Set.of(Reason.UNSUBSCRIBE), false),
                "both@example.net", new Barrier(Set.of(Reason.MANUAL, Reason.HARD_BOUNCE), false),
                "any@EXAMPLE.net", new Barrier(Set.of(Reason.MANUAL), false),
                "quiet@example.com", new Barrier(Set.of(), true)));
    assertThat(barriers(DATABASE.tenant(), asked)).isEmpty();
    assertThat(barriers(tenant, List.of())).isEmpty();
  }

  @Test
  void suppressesAnAddressWithWhatElseIsDone() {
    DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              suppressions.add(tx, "eve@example.com", Reason.UNSUBSCRIBE);
              return null;
            });
    assertThat(suppressions.suppressed(tenant, "eve@example.com")).isTrue();
  }

  private Map<String, Barrier> barriers(TenantContext context, List<String> addresses) {
    return DATABASE.transactions().call(context, tx -> suppressions.barriers(tx, addresses));
  }

  private List<Contact> byAttribute(String name, String value) {
    return contacts
        .list(tenant, new Filter(null, null, Map.of(name, value)), PageRequest.FIRST)
        .items();
  }

  private static ContactData data(String email, Map<String, Object> attributes) {
    return new ContactData(email, null, null, attributes, null, null, null, null);
  }

  private static void fails(
      String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code().name()).isEqualTo(code));
  }
}
