// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.MailPasswordService.NewMailPassword;
import io.rookery.api.secrets.RotationRules;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What may be said of passwords in files. */
final class PasswordRules {

  static final RotationRules RULES =
      new RotationRules(180, 1, 365, Duration.ofHours(24), Duration.ofDays(7));

  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._@+=-]{1,255}");
  private static final Pattern FILE = Pattern.compile("(/[A-Za-z0-9_@+-][A-Za-z0-9._@+-]*){1,32}");
  private static final int LONGEST = 255;

  private PasswordRules() {}

  static void check(NewMailPassword wanted) {
    List<FieldError> errors = new ArrayList<>();
    if (wanted.mailboxId() == null) {
      errors.add(new FieldError("/mailbox_id", "Must be given"));
    }
    if (!isUser(wanted.user())) {
      errors.add(new FieldError("/user", "A name as it stands in the file, before the colon"));
    }
    if (!isFile(wanted.file())) {
      errors.add(new FieldError("/file", "The whole path of a passwd-file of Dovecot"));
    } else if (wanted.graceFile() != null && !beside(wanted.file(), wanted.graceFile())) {
      errors.add(new FieldError("/grace_file", "A second passwd-file, in the same folder"));
    }
    Integer days = wanted.rotationDays();
    if (days != null && (days < RULES.fewest() || days > RULES.most())) {
      errors.add(new FieldError("/rotation_days", "From 1 to 365"));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  static boolean isUser(String user) {
    return user != null && USER.matcher(user).matches();
  }

  static boolean isFile(String path) {
    return path != null && path.length() <= LONGEST && FILE.matcher(path).matches();
  }

  /** Both are changed under the lock of their folder. */
  private static boolean beside(String file, String other) {
    return isFile(other) && !other.equals(file) && folder(other).equals(folder(file));
  }

  static String folder(String file) {
    int last = file.lastIndexOf('/');
    return last == 0 ? "/" : file.substring(0, last);
  }
}
