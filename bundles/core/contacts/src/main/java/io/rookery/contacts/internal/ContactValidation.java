// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import io.rookery.api.contacts.ContactData;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a contact may hold. */
public final class ContactValidation {

  /** The most attributes of a contact. */
  public static final int MAX_ATTRIBUTES = 100;

  /** The longest value of an attribute in characters. */
  public static final int MAX_VALUE = 4000;

  /** The longest name or source in characters. */
  public static final int MAX_TEXT = 200;

  private static final Pattern ATTRIBUTE = Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{N}_]{0,63}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}&&[^\t\r\n]]");
  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private final List<FieldError> errors = new ArrayList<>();
  private final String prefix;

  private ContactValidation(String prefix) {
    this.prefix = prefix;
  }

  /** Checks the data of a contact, all faults at once; pointers begin with the prefix. */
  public static void check(ContactData data, String prefix, boolean addressNeeded) {
    ContactValidation validation = new ContactValidation(prefix);
    validation.address(data.email(), addressNeeded);
    validation.text("/first_name", data.firstName());
    validation.text("/last_name", data.lastName());
    validation.text("/source", data.source());
    if (data.country() != null && !COUNTRIES.contains(data.country())) {
      validation.add("/country", "A country is an ISO 3166-1 alpha-2 code in upper case");
    }
    validation.attributes(data.attributes() == null ? Map.of() : data.attributes());
    if (!validation.errors.isEmpty()) {
      throw RookeryException.invalid(validation.errors);
    }
  }

  /** Returns whether a name can be an attribute's. */
  public static boolean isAttribute(String name) {
    return ATTRIBUTE.matcher(name).matches();
  }

  /** Returns whether a line of text holds a control character. */
  public static boolean hasControl(String line) {
    return CONTROL.matcher(line).find();
  }

  private void add(String pointer, String detail) {
    errors.add(new FieldError(prefix + pointer, detail));
  }

  private void address(String address, boolean needed) {
    if (address == null ? needed : EmailAddresses.wire(address).isEmpty()) {
      add("/email", "An e-mail address such as name@example.org is needed");
    }
  }

  private void text(String pointer, String text) {
    if (text != null && (text.length() > MAX_TEXT || hasControl(text))) {
      add(pointer, "At most " + MAX_TEXT + " characters, none of them a control character");
    }
  }

  private void attributes(Map<String, Object> attributes) {
    if (attributes.size() > MAX_ATTRIBUTES) {
      add("/attributes", "At most " + MAX_ATTRIBUTES + " attributes");
      return;
    }
    attributes.forEach(this::attribute);
  }

  private void attribute(String name, Object value) {
    String pointer = "/attributes/" + name.replace("~", "~0").replace("/", "~1");
    if (!isAttribute(name)) {
      add(pointer, "An attribute's name has letters, digits and underscores, at most 64");
    } else if (value instanceof String text) {
      if (text.length() > MAX_VALUE || UNSAFE.matcher(text).find()) {
        add(pointer, "At most " + MAX_VALUE + " characters without control characters");
      }
    } else if (value != null && !(value instanceof Number) && !(value instanceof Boolean)) {
      add(pointer, "An attribute is a string, a number or a boolean");
    }
  }
}
