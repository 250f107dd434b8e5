// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The hosts that links in tenants' mail lead to: that of the public address, which is the
 * platform's own, and the tracking hosts of tenants' domains. One of those is verified where its
 * domain is, its records lead to the platform, and a request by HTTPS through it came back.
 * Thread-safe.
 */
@ProviderType
public interface LinkHosts {

  /**
   * Returns the address that counted links are put under in mail from a domain, without a slash at
   * its end: the verified host of that domain or of the nearest one above it, the public address
   * where the operator trusts the domain, or empty, which means that links stay as they are.
   */
  Optional<String> address(TenantContext context, String fromDomain);

  /**
   * Returns whether a request by a host may be about the context's tenant: the host is the
   * platform's own, or one of this tenant's that is verified, or was when the mail was made.
   *
   * @param host the field Host as it came, or null
   * @param made when the mail was made
   */
  boolean serves(TenantContext context, String host, Instant made);

  /**
   * Answers the platform's own question whether a host leads to it.
   *
   * @param token what stood in the path; anything may come
   * @param host the field Host as it came, or null
   * @return what only the platform can answer, or empty where it did not ask
   */
  Optional<String> prove(String token, String host);

  /**
   * Returns whether a certificate may be had for a host: it is that of the public address, or one
   * of a verified domain whose records were last seen to lead here.
   *
   * @param host a name without a port; anything may come
   */
  boolean admits(String host);

  /** Returns all hosts that are admitted, in A-labels, that of the public address first. */
  List<String> admitted();

  /** Returns the context's tenant's hosts by name, also those whose domain is gone. */
  List<LinkHost> list(TenantContext context);
}
