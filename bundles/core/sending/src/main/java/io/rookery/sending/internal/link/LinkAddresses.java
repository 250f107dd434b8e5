// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.link;

import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.kernel.TenantContext;

/**
 * What links of one turn's mail are put under.
 *
 * @param base the public address, where everybody can unsubscribe
 * @param counted the address of links that count opens and clicks, or null where there is none, so
 *     that links stay as they are
 */
public record LinkAddresses(String base, String counted) {

  /**
   * Returns the addresses for mail from an address.
   *
   * @param caught whether the mail is caught and not sent: nobody else gets its links then
   */
  public static LinkAddresses of(
      LinkHosts hosts, TenantContext context, Base base, boolean caught) {
    if (caught) {
      return new LinkAddresses(base.url(), base.url());
    }
    String domain = base.from().substring(base.from().lastIndexOf('@') + 1);
    return new LinkAddresses(base.url(), hosts.address(context, domain).orElse(null));
  }

  /**
   * What is known without asking.
   *
   * @param url the public address without a slash at its end
   * @param from the address that the mail is from
   */
  public record Base(String url, String from) {}
}
