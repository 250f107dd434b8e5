// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.mailboxes;

import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import io.rookery.spi.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Keeps a client secret. It is asked for or read from a file, so that no history has it. */
@Service
@Command(
    scope = "rookery",
    name = "oauth-secret",
    description = "Keeps the secret of the registration at a mail provider in the secret store")
public final class OAuthSecret extends OperatorCommand {

  @Argument(index = 0, name = "provider", required = true, description = "Such as google")
  private String provider;

  @Option(name = "--file", description = "Where the secret stands, instead of being asked for it")
  @Completion(FileCompleter.class)
  private String file;

  @Reference(optional = true)
  private MailboxConsents consents;

  @Override
  protected void run(Output out) throws IOException {
    String typed =
        file == null
            ? session().readLine("Client secret of " + provider + ": ", '*')
            : Files.readString(Arguments.file(session(), file));
    String secret = typed == null ? "" : typed.strip();
    if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "A client secret is one line that is not empty");
    }
    need(consents).keepClientSecret(operator(), provider, Secret.of(secret));
    out.done("The secret is kept", Map.of("provider", provider, "kept", true));
  }
}
