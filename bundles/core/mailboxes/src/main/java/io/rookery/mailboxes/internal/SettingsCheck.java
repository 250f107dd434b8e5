// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.kernel.FieldError;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks values against the settings that a backend declares, all faults at once. */
final class SettingsCheck {

  private static final int LONGEST = 2000;
  private static final int LONGEST_SECRET = 65_536;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)*\\.?"
              + "|\\[?[0-9a-f:.]+]?");

  private final List<Setting> declared;
  private final List<FieldError> errors;

  SettingsCheck(List<Setting> declared, List<FieldError> errors) {
    this.declared = declared;
    this.errors = errors;
  }

  /** Returns the values with the defaults filled in. */
  Map<String, String> settings(Map<String, String> given) {
    Map<String, String> values = new HashMap<>();
    given.forEach(this::known);
    for (Setting setting : declared) {
      if (setting.type() == Setting.Type.SECRET) {
        continue;
      }
      String value = given.getOrDefault(setting.name(), setting.defaultValue());
      if (value != null) {
        value(setting, value);
        values.put(setting.name(), value);
      } else if (setting.required()) {
        add("/settings/" + setting.name(), "This setting must be given");
      }
    }
    return values;
  }

  /** Checks secrets; {@code kept} are those that are set already. */
  void secrets(Map<String, Secret> given, Set<String> kept) {
    given.forEach(
        (name, secret) -> {
          if (find(name, true) == null) {
            add("/secrets/" + escaped(name), "The backend has no secret setting of this name");
          } else if (secret == null
              || secret.reveal().isEmpty()
              || secret.reveal().length() > LONGEST_SECRET) {
            add("/secrets/" + name, "A secret has 1 to " + LONGEST_SECRET + " characters");
          }
        });
    for (Setting setting : declared) {
      boolean there = given.containsKey(setting.name()) || kept.contains(setting.name());
      if (setting.type() == Setting.Type.SECRET && setting.required() && !there) {
        add("/secrets/" + setting.name(), "This secret must be given");
      }
    }
  }

  private void known(String name, String value) {
    if (find(name, true) != null) {
      add("/settings/" + name, "This is a secret; give it among the secrets");
    } else if (find(name, false) == null) {
      add("/settings/" + escaped(name), "The backend has no setting of this name");
    }
  }

  private Setting find(String name, boolean secret) {
    for (Setting setting : declared) {
      if (setting.name().equals(name) && secret == (setting.type() == Setting.Type.SECRET)) {
        return setting;
      }
    }
    return null;
  }

  private void value(Setting setting, String value) {
    String fault =
        value.length() > LONGEST || CONTROL.matcher(value).find()
            ? "At most " + LONGEST + " characters, none of them a control character"
            : fault(setting, value);
    if (fault != null) {
      add("/settings/" + setting.name(), fault);
    }
  }

  private static String fault(Setting setting, String value) {
    return switch (setting.type()) {
      case HOST ->
          value.length() <= 253 && HOST.matcher(value).matches()
              ? null
              : "A host name or an IP address is needed";
      case PORT -> number(value, 1, 65_535) ? null : "A port is a number from 1 to 65535";
      case INTEGER ->
          number(value, Long.MIN_VALUE, Long.MAX_VALUE) ? null : "A whole number is needed";
      case BOOLEAN -> Set.of("true", "false").contains(value) ? null : "true or false is needed";
      case CHOICE ->
          setting.choices().contains(value) ? null : "One of these is needed: " + setting.choices();
      default -> setting.required() && value.isBlank() ? "This setting must not be empty" : null;
    };
  }

  private static boolean number(String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      return number >= least && number <= most;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void add(String pointer, String detail) {
    errors.add(new FieldError(pointer, detail));
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
