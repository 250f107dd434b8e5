// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A list of tags and values (RFC 6376 §3.2), which DMARC uses too.
 *
 * @param tags in their order, without the white space around names and values
 * @param clean whether every part was a tag with a value and none came twice
 */
record TagList(Map<String, String> tags, boolean clean) {

  static TagList parse(String text) {
    Map<String, String> tags = new LinkedHashMap<>();
    boolean clean = true;
    String[] parts = text.split(";", -1);
    for (int i = 0; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 1) {
        clean &= parts[i].isBlank() && i == parts.length - 1;
      } else {
        String name = parts[i].substring(0, equals).strip();
        clean &= tags.putIfAbsent(name, parts[i].substring(equals + 1).strip()) == null;
      }
    }
    return new TagList(tags, clean);
  }

  /** Returns a tag's value, or empty. */
  Optional<String> get(String tag) {
    return Optional.ofNullable(tags.get(tag));
  }

  /** Returns whether the list begins with a tag of a value, which must be written just so. */
  boolean begins(String tag, String value) {
    return tags.entrySet().stream()
        .findFirst()
        .filter(first -> first.getKey().equals(tag) && first.getValue().equals(value))
        .isPresent();
  }
}
