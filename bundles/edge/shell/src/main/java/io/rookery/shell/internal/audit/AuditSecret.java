// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.audit;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Keeps the secret key of an object store. It is asked for or read, so that no history has it. */
@Service
@Command(
    scope = "rookery",
    name = "audit-secret",
    description = "Keeps the secret key of the object store of audit heads in the secret store")
public final class AuditSecret extends OperatorCommand {

  @Option(name = "--file", description = "Where the secret stands, instead of being asked for it")
  @Completion(FileCompleter.class)
  private String file;

  @Reference(optional = true)
  private PlatformSecrets secrets;

  @Override
  protected void run(Output out) throws IOException {
    String typed =
        file == null
            ? session().readLine("Secret key: ", '*')
            : Files.readString(Arguments.file(session(), file));
    String secret = typed == null ? "" : typed.strip();
    if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST, "A secret key is one line that is not empty");
    }
    SecretData data = new SecretData(Map.of("secret_key", Secret.of(secret)));
    need(secrets).write(operator(), "audit/heads", data, "audit.heads");
    out.done("The secret is kept", Map.of("kept", true));
  }
}
