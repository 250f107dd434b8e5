// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactService;
import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.persistence.test.Unchecked;
import io.rookery.persistence.test.Wall;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The service's own check of the tenant is gone; what is left is row-level security. */
class SecondWallTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");

  private static final PageRequest PAGE = new PageRequest(50, null);

  private final TenantContext owner = DATABASE.tenant();
  private final TenantContext stranger = DATABASE.tenant();
  private final ContactService sound =
      new ContactServiceImpl(
          DATABASE.transactions(), new Neighbours().log(), Neighbours.keys(), Clock.systemUTC());
  private final ContactService faulty =
      new ContactServiceImpl(
          Unchecked.all(DATABASE.transactions()),
          new Neighbours().log(),
          Neighbours.keys(),
          Clock.systemUTC());
  private final Contact contact = sound.create(owner, data("Ada"));

  private static ContactData data(String name) {
    return new ContactData("ada@example.com", name, null, null, null, null, null, false);
  }

  @Test
  void aStrangerShouldReachNothingThoughTheServiceDoesNotAsk() {
    assertThat(faulty.get(owner, contact.id())).isEqualTo(contact);

    missing(() -> faulty.get(stranger, contact.id()));
    missing(() -> faulty.update(stranger, contact.id(), data("Eve"), 0));
    missing(() -> faulty.delete(stranger, contact.id()));
    assertThat(listed(stranger)).isEmpty();
    assertThat(sound.get(owner, contact.id())).isEqualTo(contact);
  }

  /** Or the test above would tell nothing. */
  @Test
  void withoutRowSecurityAStrangerWouldReachAll() throws Exception {
    try (Wall down = Wall.down(DATABASE, "contact")) {
      assertThat(down).isNotNull();
      assertThat(faulty.get(stranger, contact.id()).data().firstName()).isEqualTo("Ada");
      assertThat(listed(stranger)).contains(contact);
      missing(() -> sound.get(stranger, contact.id()));
    }
    missing(() -> faulty.get(stranger, contact.id()));
  }

  private List<Contact> listed(TenantContext who) {
    return faulty.list(who, new Filter(null, null, null), PAGE).items();
  }

  private static void missing(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(RookeryException.class)
        .extracting(e -> ((RookeryException) e).code())
        .isEqualTo(CommonErrors.NOT_FOUND);
  }
}
