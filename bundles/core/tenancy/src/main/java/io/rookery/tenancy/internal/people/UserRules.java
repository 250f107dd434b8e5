// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.UserService.NewUser;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.tenancy.internal.people.password.PasswordRules;
import java.util.ArrayList;
import java.util.List;

/** What an account may hold. */
final class UserRules {

  private static final int NAME = 200;

  private final PasswordRules passwords = new PasswordRules();

  NewUser check(NewUser user) {
    List<FieldError> errors = new ArrayList<>();
    String email = user.email() == null ? "" : user.email().strip();
    String name = user.name() == null ? "" : user.name().strip();
    if (!EmailText.valid(email)) {
      errors.add(new FieldError("/email", "Give an e-mail address"));
    }
    if (name.isEmpty() || name.length() > NAME || name.chars().anyMatch(Character::isISOControl)) {
      errors.add(new FieldError("/name", "Give 1 to " + NAME + " printable characters"));
    }
    if (user.role() == null) {
      errors.add(new FieldError("/role", "Give a role"));
    }
    passwords.check("/password", user.password(), email, name).ifPresent(errors::add);
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
    return new NewUser(email, name, user.password(), user.role());
  }
}
