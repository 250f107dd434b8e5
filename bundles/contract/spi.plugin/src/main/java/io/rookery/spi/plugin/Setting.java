// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.plugin;

import java.util.List;
import java.util.Objects;

/**
 * One setting that a plugin declares. The platform stores it, checks it and shows it; the plugin
 * gets the value.
 *
 * @param name lower-case words joined by underscores
 * @param type what values it takes
 * @param required whether it must be given
 * @param defaultValue the value where none is given, or null
 * @param description a sentence for people, with the unit
 * @param choices the values of a {@code CHOICE}; empty for the other types
 */
public record Setting(
    String name,
    Type type,
    boolean required,
    String defaultValue,
    String description,
    List<String> choices) {

  /** What values a setting takes. */
  public enum Type {
    TEXT,
    HOST,
    PORT,
    INTEGER,
    BOOLEAN,
    CHOICE,
    /**
     * A secret: the platform keeps a reference into the secret store and resolves it for a call.
     */
    SECRET
  }

  /** Checks that the setting can be named and copies the choices. */
  public Setting {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(description, "description");
    if (name == null || !name.matches("[a-z][a-z0-9_]{0,63}")) {
      throw new IllegalArgumentException("Not a setting's name: " + name);
    }
    choices = List.copyOf(choices);
  }

  /** Declares a setting that must be given. */
  public static Setting required(String name, Type type, String description) {
    return new Setting(name, type, true, null, description, List.of());
  }

  /** Declares a setting that may be left out; the default may be null. */
  public static Setting optional(String name, Type type, String value, String description) {
    return new Setting(name, type, false, value, description, List.of());
  }

  /** Declares a setting that takes one of some values, the first of which is the default. */
  public static Setting choice(String name, String description, List<String> choices) {
    return new Setting(name, Type.CHOICE, false, choices.get(0), description, choices);
  }
}
