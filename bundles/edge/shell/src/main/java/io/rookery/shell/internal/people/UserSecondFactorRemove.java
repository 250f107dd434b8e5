// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.people;

import io.rookery.api.people.SecondFactorService;
import io.rookery.api.people.User;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes a second factor off that its person has lost. */
@Service
@Command(
    scope = "rookery",
    name = "user-second-factor-remove",
    description = "Takes the second factor off an account whose person has lost it")
public final class UserSecondFactorRemove extends OperatorCommand {

  @Argument(index = 0, name = "email", required = true, description = "What the person signs in by")
  private String email;

  @Reference(optional = true)
  private SecondFactorService factors;

  @Override
  protected void run(Output out) {
    User user = need(factors).takeOff(operator(), email);
    out.done(
        "The second factor is removed; the password alone signs in",
        Map.of("user_id", user.id().toString(), "second_factor", false));
  }
}
