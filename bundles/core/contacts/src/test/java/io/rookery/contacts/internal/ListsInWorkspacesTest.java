// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.ContactListService.ListData;
import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What somebody sees and does who is restricted to a workspace. */
class ListsInWorkspacesTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");

  private static final UUID SHOES = Uuids.next();
  private static final UUID HATS = Uuids.next();

  private final Neighbours neighbours = new Neighbours();
  private final TenantContext tenant = DATABASE.tenant();
  private final TenantContext inShoes = tenant.in(Set.of(SHOES));
  private final ContactServiceImpl contacts =
      new ContactServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC());
  private final ContactListServiceImpl lists =
      new ContactListServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.workspaces(), Clock.systemUTC());
  private final ImportServiceImpl imports =
      new ImportServiceImpl(
          DATABASE.transactions(), new Neighbours.Jobs(), Clock.systemUTC(), 1_000_000);

  private ContactList list(String name, UUID workspace) {
    return lists.create(tenant, new ListData(name, workspace));
  }

  private Contact contact(String email) {
    return contacts.create(
        tenant, new ContactData(email, null, null, Map.of(), null, null, null, null));
  }

  private static void fails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  @Test
  void aListShouldBeInTheMainWorkspaceUnlessSaidOtherwise() {
    assertThat(lists.create(tenant, "News").workspaceId()).isEqualTo(tenant.tenantId());
    ContactList shoes = list("Shoes", SHOES);
    assertThat(lists.get(tenant, shoes.id()).workspaceId()).isEqualTo(SHOES);
    ContactList moved = lists.update(tenant, shoes.id(), new ListData(null, HATS), 1);
    assertThat(moved.workspaceId()).isEqualTo(HATS);
    assertThat(moved.name()).isEqualTo("Shoes");
    assertThat(moved.version()).isEqualTo(2);
    assertThat(lists.update(tenant, shoes.id(), new ListData("Boots", null), 2).workspaceId())
        .isEqualTo(HATS);
  }

  @Test
  void listsOfOtherWorkspacesShouldNotBeThere() {
    ContactList main = lists.create(tenant, "News");
    ContactList shoes = list("Shoes", SHOES);
    ContactList hats = list("Hats", HATS);
    Contact contact = contact("ada@example.org");
    assertThat(lists.list(inShoes, PageRequest.FIRST).items()).containsExactly(shoes);
    assertThat(lists.get(inShoes, shoes.id())).isEqualTo(shoes);
    for (UUID other : List.of(main.id(), hats.id())) {
      fails(CommonErrors.NOT_FOUND, () -> lists.get(inShoes, other));
      fails(CommonErrors.NOT_FOUND, () -> lists.delete(inShoes, other));
      fails(CommonErrors.NOT_FOUND, () -> lists.update(inShoes, other, new ListData("X", null), 0));
      fails(CommonErrors.NOT_FOUND, () -> lists.add(inShoes, other, List.of(contact.id())));
      fails(CommonErrors.NOT_FOUND, () -> lists.remove(inShoes, other, contact.id()));
    }
    assertThat(lists.list(tenant, PageRequest.FIRST).items()).hasSize(3);
  }

  /** The database itself refuses what the services would not have checked. */
  @Test
  void nothingShouldBePutIntoOtherWorkspaces() {
    fails(CommonErrors.INTERNAL, () -> lists.create(inShoes, new ListData("Hats", HATS)));
    ContactList shoes = list("Shoes", SHOES);
    fails(
        CommonErrors.INTERNAL,
        () -> lists.update(inShoes, shoes.id(), new ListData(null, HATS), 0));
    assertThat(lists.get(tenant, shoes.id()).workspaceId()).isEqualTo(SHOES);
  }

  @Test
  void contactsShouldBeSeenByTheListsThatTheyAreOn() {
    ContactList shoes = list("Shoes", SHOES);
    ContactList hats = list("Hats", HATS);
    Contact both = contact("both@example.org");
    Contact other = contact("other@example.org");
    Contact none = contact("none@example.org");
    lists.add(tenant, shoes.id(), List.of(both.id()));
    lists.add(tenant, hats.id(), List.of(both.id(), other.id()));

    assertThat(all(inShoes, null)).containsExactly(both.id());
    assertThat(all(inShoes, shoes.id())).containsExactly(both.id());
    assertThat(all(inShoes, hats.id())).as("who is on a list that is not seen").isEmpty();
    assertThat(contacts.get(inShoes, both.id()).id()).isEqualTo(both.id());
    for (UUID unseen : List.of(other.id(), none.id())) {
      fails(CommonErrors.NOT_FOUND, () -> contacts.get(inShoes, unseen));
      fails(CommonErrors.NOT_FOUND, () -> contacts.delete(inShoes, unseen));
      fails(CommonErrors.NOT_FOUND, () -> lists.add(inShoes, shoes.id(), List.of(unseen)));
    }
    assertThat(lists.add(inShoes, shoes.id(), List.of(both.id()))).isZero();
    assertThat(all(tenant, null)).hasSize(3);
    assertThat(all(tenant.in(Set.of()), null)).isEmpty();
  }

  private List<UUID> all(TenantContext context, UUID listId) {
    return contacts
        .list(context, new Filter(listId, null, null), PageRequest.FIRST)
        .items()
        .stream()
        .map(Contact::id)
        .toList();
  }

  @Test
  void importsShouldGoToAListThatIsSeenAndChangeNobody() throws Exception {
    ContactList shoes = list("Shoes", SHOES);
    ContactList hats = list("Hats", HATS);
    ContactImport made = start(inShoes, shoes.id(), false);
    ContactImport other = start(tenant, hats.id(), true);
    ContactImport whole = start(tenant, null, true);
    assertThat(imports.list(inShoes, PageRequest.FIRST).items())
        .extracting(ContactImport::id)
        .containsExactly(made.id());
    for (UUID unseen : List.of(other.id(), whole.id())) {
      fails(CommonErrors.NOT_FOUND, () -> imports.get(inShoes, unseen));
      fails(CommonErrors.NOT_FOUND, () -> imports.cancel(inShoes, unseen));
      fails(CommonErrors.NOT_FOUND, () -> imports.errors(inShoes, unseen, PageRequest.FIRST));
    }
    fails(CommonErrors.VALIDATION_FAILED, () -> start(inShoes, hats.id(), false));
    fails(CommonErrors.VALIDATION_FAILED, () -> start(inShoes, null, false));
    fails(CommonErrors.FORBIDDEN, () -> start(inShoes, shoes.id(), true));
    assertThat(imports.list(tenant, PageRequest.FIRST).items()).hasSize(3);
  }

  private ContactImport start(TenantContext context, UUID list, boolean update) throws IOException {
    byte[] csv = "email\nada@example.org\n".getBytes(StandardCharsets.UTF_8);
    return imports.start(
        context,
        new ImportRequest("a.csv", list, Map.of(), null, update),
        new ByteArrayInputStream(csv));
  }
}
