// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.mailboxes.internal.store.MailboxRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks what is said of a mailbox and makes the row that follows from it. */
final class MailboxCheck {

  private static final int DAILY_LIMIT = 50;
  private static final int MOST_DAILY = 1_000_000;
  private static final long LONGEST_GAP = 24L * 60 * 60 * 1000;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

  private final Backends backends;

  MailboxCheck(Backends backends) {
    this.backends = backends;
  }

  /** Returns the row that data makes of an old one. */
  MailboxRow merge(MailboxRow old, MailboxData data) {
    List<FieldError> errors = new ArrayList<>();
    String address = address(old, data.address(), errors);
    String name = data.displayName() == null ? old.displayName() : data.displayName();
    if (name != null && (name.length() > 200 || CONTROL.matcher(name).find())) {
      errors.add(
          new FieldError(
              "/display_name", "At most 200 characters, none of them a control character"));
    }
    int limit = data.dailyLimit() == null ? old.dailyLimit() : data.dailyLimit();
    if (limit < 1 || limit > MOST_DAILY) {
      errors.add(new FieldError("/daily_limit", "A daily limit is from 1 to " + MOST_DAILY));
    }
    long gap = data.minimumGapMillis() == null ? old.minimumGapMillis() : data.minimumGapMillis();
    if (gap < 0 || gap > LONGEST_GAP) {
      errors.add(
          new FieldError("/minimum_gap_millis", "A gap is from 0 to " + LONGEST_GAP + " ms"));
    }
    MailboxRow row =
        new MailboxRow(
            old.id(),
            address,
            name,
            old.backend(),
            old.settings(),
            old.secretSettings(),
            limit,
            gap,
            old.pausedReason(),
            old.createdAt(),
            old.version());
    MailboxRow result = backend(row, data, errors);
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return result;
  }

  /** Returns a row that nothing has been said of. */
  static MailboxRow blank(java.util.UUID id, java.time.Instant now) {
    return new MailboxRow(id, null, null, null, Map.of(), Set.of(), DAILY_LIMIT, 0, null, now, 1);
  }

  private static String address(MailboxRow old, String given, List<FieldError> errors) {
    if (given == null && old.address() != null) {
      return old.address();
    }
    Optional<String> wire = EmailAddresses.wire(given);
    if (wire.isEmpty()) {
      errors.add(new FieldError("/address", "An address such as name@example.org is needed"));
    }
    return wire.orElse(null);
  }

  private MailboxRow backend(MailboxRow row, MailboxData data, List<FieldError> errors) {
    String name = data.backend() == null ? row.backend() : data.backend();
    boolean same = name != null && name.equals(row.backend());
    if (same && data.settings() == null && data.secrets() == null) {
      return row;
    }
    Optional<Backend> backend = name == null ? Optional.empty() : backends.find(name);
    if (backend.isEmpty()) {
      errors.add(new FieldError("/backend", "No mail backend of this name is installed"));
      return row;
    }
    Map<String, String> settings = new HashMap<>(same ? row.settings() : Map.of());
    Set<String> secrets = new TreeSet<>(same ? row.secretSettings() : Set.of());
    if (data.settings() != null) {
      settings.putAll(data.settings());
    }
    SettingsCheck check = new SettingsCheck(backend.get().settings(), errors);
    Map<String, String> values = check.settings(settings);
    check.secrets(data.secrets() == null ? Map.of() : data.secrets(), secrets);
    if (data.secrets() != null) {
      secrets.addAll(data.secrets().keySet());
    }
    return row.with(name, values, secrets);
  }
}
