// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.certificates;

import io.rookery.api.certificates.Certificates;
import io.rookery.api.certificates.Certificates.HostCertificate;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.RookeryCommand;
import io.rookery.shell.internal.View;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the platform's certificates, and what keeps hosts from one. */
@Service
@Command(
    scope = "rookery",
    name = "certificate-list",
    description = "Lists the platform's certificates, and what keeps hosts from one")
public final class CertificateList extends RookeryCommand {

  private static final View<HostCertificate> FIELDS =
      View.<HostCertificate>empty()
          .column("host", HostCertificate::host)
          .column("not_after", HostCertificate::notAfter)
          .column("renew_at", HostCertificate::renewAt)
          .detail("issuer", HostCertificate::issuer)
          .detail("not_before", HostCertificate::notBefore)
          .column("next_try_at", HostCertificate::nextTryAt)
          .column("trouble", HostCertificate::trouble);

  @Reference(optional = true)
  private Certificates certificates;

  @Override
  protected void run(Output out) {
    out.list(FIELDS, need(certificates).list());
  }
}
