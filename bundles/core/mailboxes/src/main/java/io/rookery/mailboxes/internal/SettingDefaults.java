// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.spi.plugin.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fills in what is not set of a backend's settings. */
final class SettingDefaults {

  private SettingDefaults() {}

  /** Returns the settings with the defaults of those that are not set; secret ones have none. */
  static Map<String, String> fill(List<Setting> declared, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    for (Setting setting : declared) {
      if (setting.defaultValue() != null && setting.type() != Setting.Type.SECRET) {
        all.put(setting.name(), setting.defaultValue());
      }
    }
    all.putAll(settings);
    return all;
  }
}
