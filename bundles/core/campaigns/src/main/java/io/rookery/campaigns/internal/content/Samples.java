// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

import io.rookery.api.campaigns.CampaignContent.Links;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.contacts.Contact;
import io.rookery.api.contacts.ContactData;
import io.rookery.api.tenancy.Tenant;
import java.util.HashMap;
import java.util.Map;

/** What previews and checks show: a contact's data or made-up ones, and links that lead nowhere. */
public final class Samples {

  /** Links that are not tracked, and a page that nobody can unsubscribe at. */
  public static final Links LINKS =
      new Links() {
        @Override
        public String click(int number) {
          return null;
        }

        @Override
        public String open() {
          return null;
        }

        @Override
        public String unsubscribe() {
          return "https://unsubscribe.example/";
        }
      };

  private Samples() {}

  /** Returns variables with a made-up contact. */
  public static Map<String, Object> variables(Tenant tenant, CampaignData campaign) {
    Map<String, Object> contact = new HashMap<>();
    contact.put("email", "alex@example.org");
    contact.put("first_name", "Alex");
    contact.put("last_name", "Example");
    return variables(tenant, campaign, contact);
  }

  /** Returns the variables of a contact. */
  public static Map<String, Object> variables(
      Tenant tenant, CampaignData campaign, Contact recipient) {
    ContactData data = recipient.data();
    Map<String, Object> contact = new HashMap<>();
    if (data.attributes() != null) {
      contact.putAll(data.attributes());
    }
    contact.put("email", data.email());
    put(contact, "first_name", data.firstName());
    put(contact, "last_name", data.lastName());
    return variables(tenant, campaign, contact);
  }

  private static Map<String, Object> variables(
      Tenant tenant, CampaignData campaign, Map<String, Object> contact) {
    Map<String, Object> sender = new HashMap<>();
    put(sender, "name", tenant.name());
    put(sender, "postal_address", tenant.postalAddress());
    Map<String, Object> about = new HashMap<>();
    put(about, "name", campaign.name());
    return Map.of("contact", contact, "tenant", sender, "campaign", about);
  }

  private static void put(Map<String, Object> map, String name, String value) {
    if (value != null) {
      map.put(name, value);
    }
  }
}
