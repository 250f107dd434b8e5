// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.UnlockService;
import io.rookery.api.people.User;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Unlocks an account. */
@Service
@Command(
    scope = "rookery",
    name = "user-unlock",
    description = "Lifts the locks that failed sign-ins have put on an account")
public final class UserUnlock extends OperatorCommand {

  @Argument(index = 0, name = "email", required = true, description = "What the person signs in by")
  private String email;

  @Reference(optional = true)
  private UnlockService unlocks;

  @Override
  protected void run(Output out) {
    User user = need(unlocks).unlock(operator(), email);
    out.done("The account is unlocked", Map.of("user_id", user.id().toString(), "unlocked", true));
  }
}
