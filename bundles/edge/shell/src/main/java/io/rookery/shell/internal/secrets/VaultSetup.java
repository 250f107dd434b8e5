// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.View;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.StoreSetup;
import io.rookery.spi.secrets.StoreSetup.Order;
import io.rookery.spi.secrets.StoreSetup.Step;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Prepares a server; its administrator's token is asked for, so that no history has it. */
@Service
@Command(
    scope = "rookery",
    name = "vault-setup",
    description = "Prepares Vault or OpenBao as the secret store, by a token that is asked for")
public final class VaultSetup extends RookeryCommand {

  private static final View<Step> STEPS =
      View.<Step>empty().column("what", Step::what).column("changed", Step::changed);

  @Option(name = "--renew", description = "Makes a new secret-id though the present one works")
  private boolean renew;

  @Option(name = "--folder", description = "Where the files of another node's sign-in go")
  @Completion(FileCompleter.class)
  private String folder;

  @Option(name = "--file", description = "Where the token stands, instead of being asked for it")
  @Completion(FileCompleter.class)
  private String file;

  @Reference(optional = true, filter = "(store=vault)")
  private StoreSetup setup;

  @Override
  protected void run(Output out) throws IOException {
    StoreSetup ready = need(setup);
    Path target = folder == null ? null : session().currentDir().resolve(folder);
    try {
      out.list(STEPS, ready.apply(new Order(token(), target, renew)));
    } catch (SecretStoreException e) {
      throw new RookeryException(CommonErrors.INVALID_REQUEST, e.getMessage(), e);
    }
  }

  private Secret token() throws IOException {
    String typed = file == null ? typed() : Files.readString(Arguments.file(session(), file));
    String token = typed == null ? "" : typed.strip();
    if (!token.matches("[\\x21-\\x7e]{1,4096}")) {
      throw new RookeryException(
          CommonErrors.INVALID_REQUEST,
          "A token is one word of ASCII characters: typed at the console, on standard input over"
              + " SSH, or in a file that --file names");
    }
    return Secret.of(token);
  }

  private String typed() throws IOException {
    try {
      return session().readLine("Token of an administrator of the server: ", '*');
    } catch (UnsupportedOperationException e) {
      // No console is there: the command came by SSH, or stands behind a pipe.
      return new BufferedReader(new InputStreamReader(System.in, US_ASCII)).readLine();
    }
  }
}
