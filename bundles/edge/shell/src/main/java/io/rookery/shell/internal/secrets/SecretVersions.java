// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.SecretCatalogue;
import io.rookery.api.secrets.SecretCatalogue.Entry;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.Stretch;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the versions of a secret. */
@Service
@Command(
    scope = "rookery",
    name = "secret-versions",
    description = "Lists the versions of a secret and the incidents that compromised them")
public final class SecretVersions extends TenantCommand {

  private static final int MOST = 100_000;

  @Argument(
      index = 1,
      name = "secret",
      required = true,
      description = "The secret's reference or id")
  private String secret;

  @Reference(optional = true)
  private SecretCatalogue secrets;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    Entry entry =
        Stretch.read(MOST, page -> need(secrets).list(context, page)).items().stream()
            .filter(it -> it.reference().equals(secret) || it.id().toString().equals(secret))
            .findFirst()
            .orElseThrow(() -> RookeryException.notFound("secret"));
    out.list(SecretView.VERSION, SecretView.versions(entry));
  }
}
