// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.util.ArrayList;
import java.util.List;

/** Checks what is said of mailboxes, and names every field that is wrong at once. */
final class MailboxValidation {

  private static final long DAY_MILLIS = 86_400_000;

  private final BackendDirectory backends;

  MailboxValidation(BackendDirectory backends) {
    this.backends = backends;
  }

  /** Returns a new mailbox's data with its address as it goes on the wire. */
  MailboxData created(MailboxData data) {
    List<FieldError> errors = new ArrayList<>();
    if (data.address() == null) {
      errors.add(new FieldError("/address", "A mailbox needs an address"));
    }
    if (data.backend() == null) {
      errors.add(new FieldError("/backend", "A mailbox needs a backend, such as smtp"));
    }
    return fields(data, errors);
  }

  /** Returns a change with its address as it goes on the wire. */
  MailboxData changed(MailboxData data) {
    return fields(data, new ArrayList<>());
  }

  private static MailboxData fields(MailboxData data, List<FieldError> errors) {
    String address = data.address();
    if (address != null) {
      address = EmailAddresses.wire(address).orElse(null);
      if (address == null) {
        errors.add(new FieldError("/address", "This is no e-mail address"));
      }
    }
    String name = data.displayName();
    if (name != null && (name.length() > 200 || name.chars().anyMatch(Character::isISOControl))) {
      errors.add(
          new FieldError(
              "/display_name", "A name has at most 200 characters and no control characters"));
    }
    if (data.dailyLimit() != null && (data.dailyLimit() < 1 || data.dailyLimit() > 1_000_000)) {
      errors.add(new FieldError("/daily_limit", "The daily limit is from 1 to 1,000,000"));
    }
    Long gap = data.minimumGapMillis();
    if (gap != null && (gap < 0 || gap > DAY_MILLIS)) {
      errors.add(new FieldError("/minimum_gap_millis", "The gap is from 0 to 86,400,000 ms"));
    }
    if (data.secrets() != null) {
      errors.addAll(SettingCheck.secrets(data.secrets()));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return new MailboxData(
        address,
        name,
        data.backend(),
        data.settings(),
        data.secrets(),
        data.dailyLimit(),
        gap,
        data.whenInDoubt(),
        data.ramp(),
        data.workspaceId());
  }

  /** Returns why a person pauses something, or a usual word where nothing was said. */
  static String reason(String given) {
    String why = given == null || given.isBlank() ? "Paused by hand" : given.strip();
    if (why.length() > 200 || why.chars().anyMatch(Character::isISOControl)) {
      throw RookeryException.invalid(
          "/reason", "A reason has at most 200 characters and no control characters");
    }
    return why;
  }

  /** Holds a mailbox's settings against its backend's declaration. */
  void check(MailboxRow row) {
    Backend backend =
        backends
            .find(row.backend())
            .orElseThrow(
                () ->
                    RookeryException.invalid(
                        "/backend",
                        "No such mail backend is installed; installed are "
                            + backends.list().stream().map(Backend::name).toList()));
    List<FieldError> errors =
        new SettingCheck(backend.settings()).check(row.settings(), row.secretSettings());
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }
}
