// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.sending.DeadLetters.Filter;
import io.rookery.api.sending.DeadLetters.Kind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** A filter as the parameters of a job and the data of an event: ids and codes alone. */
final class FilterJson {

  private FilterJson() {}

  static Map<String, Object> of(Filter filter) {
    Map<String, Object> parts = new HashMap<>();
    parts.put("kind", filter.kind().name().toLowerCase(Locale.ROOT));
    put(parts, "campaign_id", filter.campaignId());
    put(parts, "mailbox_id", filter.mailboxId());
    put(parts, "code", filter.code());
    put(parts, "enhanced_code", filter.enhancedCode());
    return parts;
  }

  private static void put(Map<String, Object> parts, String name, Object value) {
    if (value != null) {
      parts.put(name, value instanceof UUID ? value.toString() : value);
    }
  }

  static Filter read(Map<String, Object> parts) {
    Number code = (Number) parts.get("code");
    return new Filter(
        Kind.valueOf(((String) parts.get("kind")).toUpperCase(Locale.ROOT)),
        id(parts.get("campaign_id")),
        id(parts.get("mailbox_id")),
        code == null ? null : code.intValue(),
        (String) parts.get("enhanced_code"));
  }

  private static UUID id(Object text) {
    return text == null ? null : UUID.fromString((String) text);
  }
}
