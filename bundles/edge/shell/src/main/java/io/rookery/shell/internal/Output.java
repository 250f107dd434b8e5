// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.support.table.ShellTable;

/** Shows what came of a command: tables and sentences for people, or one JSON value. */
public final class Output {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final PrintStream stream;
  private final boolean json;

  Output(PrintStream stream, boolean json) {
    this.stream = stream;
    this.json = json;
  }

  /** Shows things as a table or an array. */
  public <T> void list(View<T> view, List<T> things) {
    if (json) {
      write(things.stream().map(view::plainFields).toList());
      return;
    }
    ShellTable table = table().emptyTableText("There are none");
    view.columns().forEach(name -> table.column(title(name)));
    things.forEach(thing -> table.addRow().addContent(List.copyOf(view.row(thing))));
    table.print(stream);
  }

  /** Shows a stretch of a list, and tells people when there is more. */
  public <T> void list(View<T> view, Stretch<T> stretch) {
    list(view, stretch.items());
    if (stretch.more() && !json) {
      stream.println("There are more: raise --limit to see them");
    }
  }

  /**
   * Shows things as a table, with what else came of it below; or one object that holds them as
   * {@code rows}. A value that is null is told to JSON alone.
   */
  public <T> void rows(View<T> view, List<T> things, Map<String, ?> further) {
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>(further);
      all.put("rows", things.stream().map(view::plainFields).toList());
      write(all);
      return;
    }
    list(view, things);
    further.forEach(
        (name, value) -> {
          if (value != null) {
            stream.println(title(name) + ": " + View.text(value));
          }
        });
  }

  /** Shows one thing with all its fields, one below the other. */
  public <T> void show(View<T> view, T thing) {
    Map<String, Object> fields = view.plainFields(thing);
    if (json) {
      write(fields);
      return;
    }
    ShellTable table = table().noHeaders();
    table.column("field");
    table.column("value");
    fields.forEach((name, value) -> addRows(table, title(name), value));
    table.print(stream);
  }

  private static void addRows(ShellTable table, String title, Object value) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      map.forEach((name, part) -> table.addRow().addContent(title + " " + name, View.text(part)));
    } else {
      table.addRow().addContent(title, View.text(value));
    }
  }

  /** Shows what was done: a sentence for people, fields for JSON. */
  public void done(String sentence, Map<String, ?> fields) {
    if (json) {
      write(fields);
    } else {
      stream.println(sentence);
    }
  }

  private static ShellTable table() {
    return new ShellTable().forceAscii();
  }

  private static String title(String name) {
    String words = name.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private void write(Object value) {
    try {
      stream.println(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain values cannot be written as JSON", e);
    }
  }
}
