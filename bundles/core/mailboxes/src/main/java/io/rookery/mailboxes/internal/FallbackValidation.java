// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.MailboxFallbacks;
import io.rookery.api.mailboxes.MailboxFallbacks.FallbackData;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.OAuth2;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks what is said of a mailbox's fallbacks, and names every field that is wrong at once. */
final class FallbackValidation {

  /** What a message may need of whoever takes it. */
  private static final Set<Capability> CONTENT =
      EnumSet.of(
          Capability.RAW_MIME,
          Capability.TEMPLATES,
          Capability.ATTACHMENTS,
          Capability.INTERNATIONAL_ADDRESSES);

  private final BackendDirectory backends;
  private final List<FieldError> errors = new ArrayList<>();

  FallbackValidation(BackendDirectory backends) {
    this.backends = backends;
  }

  /**
   * Checks a list.
   *
   * @param own the backend of the mailbox itself
   * @param rows what the list comes to, one row for each entry
   */
  void check(String own, List<FallbackData> wanted, List<FallbackRow> rows) {
    if (wanted.size() > MailboxFallbacks.MOST) {
      throw RookeryException.invalid(
          "/fallbacks", "A mailbox has at most " + MailboxFallbacks.MOST + " fallbacks");
    }
    for (int i = 0; i < rows.size(); i++) {
      String place = "/fallbacks/" + i;
      SettingCheck.secrets(wanted.get(i).secrets()).forEach(error -> add(place, error));
      check(place, backends.find(own), rows.get(i));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  private void check(String place, Optional<Backend> own, FallbackRow row) {
    Backend backend = backends.find(row.backend()).orElse(null);
    if (backend == null) {
      errors.add(
          new FieldError(
              place + "/backend",
              "No such mail backend is installed; installed are "
                  + backends.list().stream().map(Backend::name).toList()));
      return;
    }
    if (own.isPresent() && !stands(own.get().capabilities(), backend.capabilities())) {
      errors.add(
          new FieldError(
              place + "/backend",
              "It can do less with a message than the mailbox's own backend, or catches what that"
                  + " sends"));
    }
    if (OAuth2.CHOICE.equals(row.settings().get(OAuth2.SETTING))) {
      errors.add(
          new FieldError(
              place + "/settings/" + OAuth2.SETTING,
              "A fallback signs in with a password; consents are for the mailbox itself"));
    }
    new SettingCheck(backend.settings())
        .check(row.settings(), row.secretSettings())
        .forEach(error -> add(place, error));
  }

  private void add(String place, FieldError error) {
    errors.add(new FieldError(place + error.pointer(), error.detail()));
  }

  /** Returns whether a backend may stand in for another: with all content, and as seriously. */
  private static boolean stands(Set<Capability> own, Set<Capability> other) {
    return own.contains(Capability.CATCHES_MAIL) == other.contains(Capability.CATCHES_MAIL)
        && CONTENT.stream().allMatch(needed -> !own.contains(needed) || other.contains(needed));
  }
}
