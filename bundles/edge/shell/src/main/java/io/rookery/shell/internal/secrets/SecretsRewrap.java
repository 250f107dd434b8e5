// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.MasterKeys;
import io.rookery.shell.internal.OperatorCommand;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.View;
import io.rookery.spi.secrets.MasterRewrap.Next;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes the embedded store to another master key. */
@Service
@Command(
    scope = "rookery",
    name = "secrets-rewrap",
    description =
        "Wraps all data keys of the embedded store under another master key; goes on where it broke"
            + " off")
public final class SecretsRewrap extends OperatorCommand {

  private static final View<Done> DONE =
      View.<Done>empty()
          .column("data_keys", Done::keys)
          .column("configure", Done::line)
          .column("in", done -> "etc/io.rookery.secrets.embedded.cfg of every node");

  @Argument(
      index = 0,
      name = "file",
      required = true,
      description = "File of the other key on this node; made where it is missing")
  private String file;

  @Option(
      name = "--passphrase",
      description =
          "The file holds a passphrase, from which the key is derived; it may be the same")
  private boolean passphrase;

  @Reference(optional = true)
  private MasterKeys masterKeys;

  @Override
  protected void run(Output out) {
    int keys = need(masterKeys).rewrap(operator(), new Next(file, passphrase));
    String name = passphrase ? "passphrase_file" : "master_key_file";
    out.show(DONE, new Done(keys, name + " = " + file));
  }

  private record Done(int keys, String line) {}
}
