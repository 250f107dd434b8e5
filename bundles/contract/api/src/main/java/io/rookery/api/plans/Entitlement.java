// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

/** What a plan gives so much of. */
public enum Entitlement {
  /** E-mails in a billing period of a month. */
  EMAILS("e-mails a month"),
  /** People with a role in the tenant. */
  USERS("users"),
  /** Workspaces of the tenant. */
  WORKSPACES("workspaces"),
  /** Domains to send from. */
  DOMAINS("domains"),
  /** API requests a minute that each key may make. */
  REQUESTS_PER_MINUTE("API requests a minute"),
  /** API requests that each key may make at once after a pause. */
  REQUEST_BURST("API requests at once");

  private final String things;

  Entitlement(String things) {
    this.things = things;
  }

  /** Returns what is counted, in the plural, for sentences. */
  public String things() {
    return things;
  }
}
