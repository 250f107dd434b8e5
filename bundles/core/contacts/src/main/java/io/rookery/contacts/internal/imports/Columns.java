// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.contacts.internal.ContactValidation;
import io.rookery.kernel.RookeryException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Settles what each column of a file is. */
final class Columns {

  static final String EMAIL = "email";
  static final String FIRST_NAME = "first_name";
  static final String LAST_NAME = "last_name";
  static final String COUNTRY = "country";
  static final String LAWFUL_BASIS = "lawful_basis";
  static final String SOURCE = "source";
  static final String TRACKING_CONSENT = "tracking_consent";

  private static final Map<String, List<String>> NAMES =
      Map.of(
          EMAIL,
          List.of(
              "email",
              "e_mail",
              "mail",
              "email_address",
              "e_mail_address",
              "emailaddress",
              "e_mail_adresse",
              "email_adresse",
              "mailadresse",
              "adresse_e_mail",
              "adresse_email",
              "courriel",
              "correo",
              "correo_electronico",
              "indirizzo_email",
              "e_postadress",
              "адрес",
              "эл_почта",
              "メールアドレス",
              "邮箱"),
          FIRST_NAME,
          List.of("first_name", "firstname", "given_name", "vorname", "prenom", "nombre", "nome"),
          LAST_NAME,
          List.of(
              "last_name",
              "lastname",
              "surname",
              "family_name",
              "nachname",
              "nom",
              "apellido",
              "apellidos",
              "cognome"),
          COUNTRY,
          List.of("country", "country_code", "land", "pays", "pais", "paese"),
          LAWFUL_BASIS,
          List.of("lawful_basis", "legal_basis", "rechtsgrundlage"),
          SOURCE,
          List.of("source", "quelle"),
          TRACKING_CONSENT,
          List.of("tracking_consent"));

  private static final Map<String, String> FIELD_BY_NAME = fieldByName();

  private Columns() {}

  private static Map<String, String> fieldByName() {
    Map<String, String> fields = new HashMap<>();
    NAMES.forEach((field, names) -> names.forEach(name -> fields.put(name, field)));
    return fields;
  }

  /** Returns what each column is, as {@link CsvFormat#fields} has it. */
  static List<String> of(List<String> header, Map<String, String> mapping) {
    List<String> fields = new ArrayList<>(Collections.nCopies(header.size(), null));
    mapping.forEach((column, field) -> fields.set(index(header, column), mapped(column, field)));
    Set<String> taken = new HashSet<>();
    for (String field : fields) {
      if (field != null && !field.isEmpty() && !taken.add(field)) {
        throw RookeryException.invalid("/mapping", "Two columns are mapped to one field");
      }
    }
    for (int i = 0; i < header.size(); i++) {
      if (fields.get(i) == null) {
        fields.set(i, guessed(header.get(i), taken));
      }
    }
    check(fields);
    return fields;
  }

  private static int index(List<String> header, String column) {
    int index = header.indexOf(column.strip());
    if (index < 0) {
      throw RookeryException.invalid(pointer(column), "The file has no column of this name");
    }
    return index;
  }

  private static String mapped(String column, String target) {
    String name = target.strip();
    if (name.isEmpty() || NAMES.containsKey(name)) {
      return name;
    }
    if (!ContactValidation.isAttribute(name)) {
      throw RookeryException.invalid(
          pointer(column), "An attribute's name has letters, digits and underscores, at most 64");
    }
    return "@" + name;
  }

  private static String guessed(String column, Set<String> taken) {
    String name = snakeCase(column);
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    String field = FIELD_BY_NAME.getOrDefault(name, FIELD_BY_NAME.get(plain));
    if (field != null && taken.add(field)) {
      return field;
    }
    if (name.isEmpty()) {
      return "";
    }
    String attribute = "@" + name;
    for (int i = 2; !taken.add(attribute); i++) {
      attribute = "@" + name + "_" + i;
    }
    return attribute;
  }

  private static void check(List<String> fields) {
    if (!fields.contains(EMAIL)) {
      throw RookeryException.invalid(
          "/mapping", "No column looks like the address; map one to the field email");
    }
    long attributes = fields.stream().filter(field -> field.startsWith("@")).count();
    if (attributes > ContactValidation.MAX_ATTRIBUTES) {
      throw RookeryException.invalid(
          "/file", "The file has more columns than a contact may have attributes");
    }
  }

  static String snakeCase(String column) {
    String name =
        Normalizer.normalize(column, Normalizer.Form.NFC)
            .replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", "_")
            .replaceAll("^_+|_+$", "");
    if (!name.isEmpty() && !Character.isLetter(name.codePointAt(0))) {
      name = "c_" + name;
    }
    return name.length() <= 60 ? name : name.substring(0, name.offsetByCodePoints(0, 30));
  }

  private static String pointer(String column) {
    return "/mapping/" + column.replace("~", "~0").replace("/", "~1");
  }
}
