// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.secrets.SecretData;
import java.util.Collection;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The private halves of DKIM keys, which stand in the secret store alone. */
final class DkimSecrets {

  private static final Logger LOG = LoggerFactory.getLogger(DkimSecrets.class);

  /** The purpose of removing keys that were never taken into use. */
  static final String NOT_MADE = "dkim.not_made";

  private final SecretService secrets;

  DkimSecrets(SecretService secrets) {
    this.secrets = secrets;
  }

  /** Writes a generation whole or not at all, as far as the store can be reached. */
  void write(
      TenantContext context, String domain, Map<DkimSelector, SecretData> made, String purpose) {
    try {
      made.forEach(
          (selector, data) -> secrets.write(context, reference(domain, selector), data, purpose));
    } catch (RookeryException e) {
      tidy(context, domain, made.keySet(), NOT_MADE);
      throw e;
    }
  }

  SecretData read(TenantContext context, String domain, DkimSelector selector) {
    return secrets.read(context, reference(domain, selector), "sign");
  }

  void purge(
      TenantContext context, String domain, Collection<DkimSelector> selectors, String purpose) {
    selectors.forEach(selector -> secrets.purge(context, reference(domain, selector), purpose));
  }

  /** Removes keys that no domain refers to; where that fails they only take room. */
  void tidy(
      TenantContext context, String domain, Collection<DkimSelector> selectors, String purpose) {
    for (DkimSelector selector : selectors) {
      try {
        secrets.purge(context, reference(domain, selector), purpose);
      } catch (RookeryException e) {
        LOG.warn(
            "The key {} of tenant {}, which nothing uses, stays behind: {}",
            reference(domain, selector),
            context.tenantId(),
            e.toString());
      }
    }
  }

  private static String reference(String domain, DkimSelector selector) {
    return "dkim/" + domain + "/" + selector.name();
  }
}
