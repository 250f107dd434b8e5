// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.api.tenancy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The fields of a thing that the shell shows, once for the table and for JSON. Immutable. */
public final class View<T> {

  /** A field: its name in snake case, whether lists show it, and where it comes from. */
  record Field<T>(String name, boolean column, Function<T, ?> value) {}

  private final List<Field<T>> fields;

  private View(List<Field<T>> fields) {
    this.fields = List.copyOf(fields);
  }

  /** Returns a view that shows nothing yet. */
  public static <T> View<T> empty() {
    return new View<>(List.of());
  }

  /** Returns this view with a field that every output shows. */
  public View<T> column(String name, Function<T, ?> value) {
    return with(new Field<>(name, true, value));
  }

  /** Returns this view with a field that the tables of lists leave out. */
  public View<T> detail(String name, Function<T, ?> value) {
    return with(new Field<>(name, false, value));
  }

  /** Returns this view for a thing that holds another of which the fields are taken. */
  public <W> View<W> of(Function<W, T> part) {
    List<Field<W>> lifted = new ArrayList<>();
    for (Field<T> field : fields) {
      lifted.add(new Field<>(field.name(), field.column(), part.andThen(field.value())));
    }
    return new View<>(lifted);
  }

  private View<T> with(Field<T> field) {
    List<Field<T>> more = new ArrayList<>(fields);
    more.add(field);
    return new View<>(more);
  }

  /** Returns the names of the columns of a list. */
  List<String> columns() {
    return fields.stream().filter(Field::column).map(Field::name).toList();
  }

  /** Returns what the columns of a list hold, as text. */
  List<String> row(T thing) {
    return fields.stream()
        .filter(Field::column)
        .map(field -> text(plain(field.value().apply(thing))))
        .toList();
  }

  /** Returns all fields by name, as what JSON knows. */
  Map<String, Object> plainFields(T thing) {
    Map<String, Object> result = new LinkedHashMap<>();
    fields.forEach(field -> result.put(field.name(), plain(field.value().apply(thing))));
    return result;
  }

  private static Object plain(Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    } else if (value instanceof Scope scope) {
      return scope.wire();
    } else if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    } else if (value instanceof Instant moment) {
      return moment.toString();
    } else if (value instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach((key, item) -> result.put(key.toString(), plain(item)));
      return result;
    } else if (value instanceof Collection<?> items) {
      return items.stream().map(View::plain).toList();
    }
    return value.toString();
  }

  /** Returns a plain value as a table shows it: without line breaks or other control characters. */
  static String text(Object plain) {
    String text = "";
    if (plain instanceof Map<?, ?> map) {
      List<String> parts = new ArrayList<>();
      map.forEach((key, item) -> parts.add(key + "=" + text(item)));
      text = String.join(", ", parts);
    } else if (plain instanceof Collection<?> items) {
      text = String.join(", ", items.stream().map(View::text).toList());
    } else if (plain != null) {
      text = plain.toString();
    }
    return text.replaceAll("\\p{Cntrl}+", " ");
  }
}
