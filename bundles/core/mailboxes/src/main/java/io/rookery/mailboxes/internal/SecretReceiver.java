// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.kernel.FieldError;
import io.rookery.spi.mail.OAuth2;
import io.rookery.spi.plugin.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom an account's secrets are shown, and how. Whoever may write settings cannot read secrets;
 * without this he would name a server of his own and have them sent there.
 *
 * @param settings those that may tell it, with their defaults: all but the known harmless ones, as
 *     a backend declares what a setting is and not what it does
 */
record SecretReceiver(String backend, Map<String, String> settings) {

  /** They neither lead to another server nor to another way of signing in to it. */
  private static final Set<String> HARMLESS =
      Set.of("username", "connections", "hello_name", "envelope_sender", OAuth2.SETTING);

  static SecretReceiver of(String backend, Map<String, String> settings, List<Setting> declared) {
    Map<String, String> telling = SettingDefaults.fill(declared, settings);
    telling.keySet().removeAll(HARMLESS);
    return new SecretReceiver(backend, Map.copyOf(telling));
  }

  /**
   * Returns what is wrong with going over to another receiver.
   *
   * @param stored the secret settings that are kept now
   * @param given those that come along with the change
   */
  List<FieldError> objections(SecretReceiver other, Set<String> stored, Set<String> given) {
    if (equals(other)) {
      return List.of();
    }
    return new TreeSet<>(stored)
        .stream()
            .filter(name -> !given.contains(name))
            .map(
                name ->
                    new FieldError(
                        "/secrets/" + name, "Send it again, as it goes to another server"))
            .toList();
  }
}
