// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import io.rookery.api.contacts.ContactListService.ContactList;
import io.rookery.api.contacts.ContactListService.ListData;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.contacts.SuppressionService.Suppression;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is said of contacts, lists and suppressions. */
public final class ContactDtos {

  private ContactDtos() {}

  /** A contact. */
  @Schema(name = "Contact")
  public record ContactView(
      UUID id,
      String email,
      String firstName,
      String lastName,
      Map<String, Object> attributes,
      String country,
      LawfulBasis lawfulBasis,
      String source,
      Boolean trackingConsent,
      boolean suppressed,
      Instant createdAt,
      Instant updatedAt,
      long version)
      implements Identified, Versioned {

    /** Shows a contact. */
    public static ContactView of(Contact c) {
      ContactData d = c.data();
      return new ContactView(
          c.id(),
          d.email(),
          d.firstName(),
          d.lastName(),
          d.attributes(),
          d.country(),
          d.lawfulBasis(),
          d.source(),
          d.trackingConsent(),
          c.suppressed(),
          c.createdAt(),
          c.updatedAt(),
          c.version());
    }
  }

  /** A contact to make or change; what is left out stays, an attribute set to null goes. */
  public record ContactRequest(
      @Schema(maxLength = 254) String email,
      @Schema(maxLength = 200) String firstName,
      @Schema(maxLength = 200) String lastName,
      Map<String, Object> attributes,
      @Schema(pattern = "[A-Z]{2}") String country,
      LawfulBasis lawfulBasis,
      @Schema(maxLength = 200) String source,
      Boolean trackingConsent) {

    /** Returns a new contact for the service. */
    public ContactData toNew() {
      new Checks().text("/email", email).done();
      return toData();
    }

    /** Returns it for the service. */
    public ContactData toData() {
      return new ContactData(
          email, firstName, lastName, attributes, country, lawfulBasis, source, trackingConsent);
    }
  }

  /** A list. */
  @Schema(name = "List")
  public record ListView(
      UUID id, UUID workspaceId, String name, long contacts, Instant createdAt, long version)
      implements Identified, Versioned {

    /** Shows a list. */
    public static ListView of(ContactList l) {
      return new ListView(
          l.id(), l.workspaceId(), l.name(), l.contacts(), l.createdAt(), l.version());
    }
  }

  /** A list to make. */
  public record ListRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name, UUID workspaceId) {

    /** Returns it for the service. */
    public ListData toData() {
      new Checks().text("/name", name).longest("/name", name, 200).done();
      return new ListData(name, workspaceId);
    }
  }

  /** A change of a list; what is left out stays. */
  public record ListPatch(String name, UUID workspaceId) {

    /** Returns it for the service. */
    public ListData toData() {
      new Checks()
          .that(name != null || workspaceId != null, "", "Give a name or a workspace_id")
          .longest("/name", name, 200)
          .done();
      return new ListData(name, workspaceId);
    }
  }

  /** Contacts by id. */
  public record ContactIds(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<UUID> contactIds) {

    /** Returns the ids, checked to be there. */
    public List<UUID> checked() {
      new Checks().size("/contact_ids", contactIds, 1, 1000).done();
      return contactIds;
    }
  }

  /** How many contacts were added. */
  public record AddedView(int added) {}

  /** A suppression; the address itself is not kept. */
  @Schema(name = "Suppression")
  public record SuppressionView(
      UUID id, boolean domain, String hint, Reason reason, Instant createdAt)
      implements Identified {

    /** Shows a suppression. */
    public static SuppressionView of(Suppression s) {
      return new SuppressionView(s.id(), s.domain(), s.hint(), s.reason(), s.createdAt());
    }
  }

  /** An address, or a domain as {@code @example.org}; the reason is manual or objection. */
  public record SuppressionRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String address, Reason reason) {

    /** Returns the request, checked. */
    public SuppressionRequest checked() {
      new Checks()
          .text("/address", address)
          .that(
              reason == null || reason == Reason.MANUAL || reason == Reason.OBJECTION,
              "/reason",
              "Must be manual or objection")
          .done();
      return reason == null ? new SuppressionRequest(address, Reason.MANUAL) : this;
    }
  }
}
