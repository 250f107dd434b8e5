// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.tenancy.Tenant;
import io.rookery.sending.internal.line.ClaimedMessage.ContactRow;
import java.util.HashMap;
import java.util.Map;

/** What templates may show of a recipient and of the sender. */
public final class ContactVariables {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private ContactVariables() {}

  /** Returns {@code contact}: what is known of a recipient, of whom the data may be null. */
  public static Map<String, Object> contact(ContactRow data, String address) {
    Map<String, Object> contact = new HashMap<>();
    if (data != null) {
      contact.putAll(attributes(data.attributes()));
      put(contact, "first_name", data.firstName());
      put(contact, "last_name", data.lastName());
    }
    contact.put("email", address);
    return contact;
  }

  /** Returns {@code tenant}: who sends. */
  public static Map<String, Object> sender(Tenant tenant) {
    Map<String, Object> sender = new HashMap<>();
    put(sender, "name", tenant.name());
    put(sender, "postal_address", tenant.postalAddress());
    return sender;
  }

  static void put(Map<String, Object> map, String name, String value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  private static Map<String, Object> attributes(String json) {
    if (json == null || json.equals("{}")) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds attributes that are no JSON", e);
    }
  }
}
