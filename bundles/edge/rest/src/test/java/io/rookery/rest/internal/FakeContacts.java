// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Keeps contacts in memory; some addresses make it fail in a way of their own. */
final class FakeContacts implements ContactService {

  private static final Instant NOW = Instant.parse("2026-01-31T09:30:00Z");

  private final Map<UUID, Contact> contacts = new LinkedHashMap<>();
  TenantContext context;
  Filter filter;
  PageRequest page;

  @Override
  public Contact create(TenantContext caller, ContactData data) {
    context = caller;
    switch (data.email()) {
      case "taken@example.org" ->
          throw new RookeryException(CommonErrors.CONFLICT, "The address is taken");
      case "bug@example.org" -> throw new IllegalStateException("secret internals");
      case "wrong@example.org" -> throw RookeryException.invalid("/country", "No such country");
      case "sealed@example.org" ->
          throw RookeryException.unavailable("Sealed", Duration.ofSeconds(7), null);
      default -> {
        Map<String, Object> more =
            data.email().startsWith("unwritable") ? Map.of("x", new Unwritable()) : Map.of();
        return put(UUID.randomUUID(), withAttributes(data, more), 1);
      }
    }
  }

  private static ContactData withAttributes(ContactData d, Map<String, Object> attributes) {
    return new ContactData(
        d.email(),
        d.firstName(),
        d.lastName(),
        attributes,
        d.country(),
        d.lawfulBasis(),
        d.source(),
        d.trackingConsent());
  }

  private Contact put(UUID id, ContactData data, long version) {
    Contact contact = new Contact(id, data, false, NOW, NOW, version);
    contacts.put(id, contact);
    return contact;
  }

  @Override
  public Contact get(TenantContext caller, UUID id) {
    if (!contacts.containsKey(id)) {
      throw RookeryException.notFound("contact");
    }
    return contacts.get(id);
  }

  @Override
  public Page<Contact> list(TenantContext caller, Filter wanted, PageRequest stretch) {
    context = caller;
    filter = wanted;
    page = stretch;
    if (stretch.cursor() != null && !stretch.cursor().equals("good")) {
      throw new RookeryException(CommonErrors.INVALID_REQUEST, "The cursor is not one of ours");
    }
    return new Page<>(List.copyOf(contacts.values()), "good");
  }

  @Override
  public Contact update(TenantContext caller, UUID id, ContactData data, long expected) {
    Contact present = get(caller, id);
    if (expected != 0 && expected != present.version()) {
      throw new RookeryException(CommonErrors.PRECONDITION_FAILED, "Another version");
    }
    return put(id, data, present.version() + 1);
  }

  @Override
  public void delete(TenantContext caller, UUID id) {
    contacts.remove(id);
  }

  /** Fails while it is written, after other fields were. */
  static final class Unwritable {
    public String getValue() {
      throw new IllegalStateException("secret internals");
    }
  }
}
