// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.kernel.FieldError;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import io.rookery.spi.plugin.Setting.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Holds the values of settings against what a backend declares. */
final class SettingCheck {

  private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}.:_-]{1,253}");
  private static final int LONGEST = 2000;

  private final List<Setting> declared;
  private final List<FieldError> errors = new ArrayList<>();

  SettingCheck(List<Setting> declared) {
    this.declared = declared;
  }

  /** Returns what is wrong: unknown, missing or malformed values; never repeats a secret one. */
  List<FieldError> check(Map<String, String> settings, Set<String> secrets) {
    Set<String> unknown = new HashSet<>(settings.keySet());
    Set<String> unknownSecrets = new HashSet<>(secrets);
    for (Setting setting : declared) {
      boolean secret = setting.type() == Type.SECRET;
      (secret ? unknownSecrets : unknown).remove(setting.name());
      boolean given =
          secret ? secrets.contains(setting.name()) : settings.containsKey(setting.name());
      String place = (secret ? "/secrets/" : "/settings/") + setting.name();
      if (!given && setting.required()) {
        error(place, setting.name() + " is needed: " + setting.description());
      } else if (given && !secret) {
        value(setting, settings.get(setting.name()), place);
      }
    }
    unknown.stream().sorted().forEach(name -> unknown("/settings/", name));
    unknownSecrets.stream().sorted().forEach(name -> unknown("/secrets/", name));
    return errors;
  }

  /** Returns what is wrong with secret values themselves. */
  static List<FieldError> secrets(Map<String, Secret> secrets) {
    List<FieldError> errors = new ArrayList<>();
    secrets.forEach(
        (name, value) -> {
          String text = value.reveal();
          if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(c -> c < 32)) {
            errors.add(
                new FieldError(
                    "/secrets/" + name,
                    name + " has 1 to 2,000 characters and no control characters"));
          }
        });
    return errors;
  }

  private void unknown(String place, String name) {
    error(place + name, "This backend has no such setting");
  }

  private void value(Setting setting, String value, String place) {
    if (value == null || value.length() > LONGEST || value.chars().anyMatch(c -> c < 32)) {
      error(place, setting.name() + " has at most 2,000 characters and no control characters");
      return;
    }
    String problem =
        switch (setting.type()) {
          case HOST -> HOST.matcher(value).matches() ? null : "is a host name or an address";
          case PORT -> number(value, 65535) ? null : "is a port from 1 to 65535";
          case INTEGER -> number(value, Integer.MAX_VALUE) ? null : "is a whole number from 1";
          case BOOLEAN -> value.equals("true") || value.equals("false") ? null : "is true or false";
          case CHOICE ->
              setting.choices().contains(value) ? null : "is one of " + setting.choices();
          default -> null;
        };
    if (problem != null) {
      error(place, setting.name() + " " + problem);
    }
  }

  private static boolean number(String value, int most) {
    if (!value.matches("[0-9]{1,9}")) {
      return false;
    }
    int number = Integer.parseInt(value);
    return number >= 1 && number <= most;
  }

  private void error(String place, String detail) {
    errors.add(new FieldError(place, detail));
  }
}
