// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.spi.plugin.Secret;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.support.completers.FileCompleter;

/** Puts a key on a host. What lets in for that is asked for or read from a file, never typed. */
@Service
@Command(
    scope = "rookery",
    name = "host-key-install",
    description = "Makes a key, puts it on a host by a password that is asked for, and signs in")
public final class HostKeyInstall extends KeyCommand {

  @Argument(index = 3, name = "user", required = true, description = "The account on the host")
  private String user;

  @Option(name = "--key", description = "A file with a private key that lets in, for a password")
  @Completion(FileCompleter.class)
  private String file;

  @Option(name = "--algorithm", description = "ed25519 or rsa4096")
  private String algorithm = "ed25519";

  @Option(name = "--days", description = "After how many days it is rotated by itself")
  private int days = 90;

  @Override
  protected void run(Output out) throws IOException {
    TenantContext context = context();
    Algorithm wanted = Arguments.constant("algorithm", Algorithm.class, algorithm);
    NewSshKey key = new NewSshKey(role(), user, wanted, days, entrance());
    out.show(KeyView.FIELDS, keys().install(context, id(context), key));
  }

  private Entrance entrance() throws IOException {
    if (file != null) {
      Secret key = Secret.of(Files.readString(Arguments.file(session(), file)));
      return new Entrance(null, key, null);
    }
    String typed = session().readLine("Password of " + user + ": ", '*');
    return new Entrance(typed == null || typed.isEmpty() ? null : Secret.of(typed), null, null);
  }
}
