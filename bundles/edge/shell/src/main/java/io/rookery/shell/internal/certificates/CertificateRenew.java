// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.certificates;

import io.rookery.api.certificates.Certificates;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Has the certificate of a host ordered or renewed within about a minute. */
@Service
@Command(
    scope = "rookery",
    name = "certificate-renew",
    description = "Has the certificate of a host ordered or renewed within about a minute")
public final class CertificateRenew extends RookeryCommand {

  @Argument(index = 0, name = "host", required = true, description = "The host")
  private String host;

  @Reference(optional = true)
  private Certificates certificates;

  @Override
  protected void run(Output out) {
    need(certificates).renew(host);
    out.done("It is ordered within about a minute", Map.of("host", host));
  }
}
