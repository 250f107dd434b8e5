// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

/**
 * What a temporary refusal means.
 *
 * @param scope what it is about
 * @param slows whether less mail of that scope is to be sent for a while
 */
public record Deferral(Scope scope, boolean slows) {

  /** Nothing is known of it: only the share of such replies tells whether they mean more. */
  static final Deferral UNCLEAR = new Deferral(Scope.UNCLEAR, false);

  /** What a temporary refusal can be about, from the narrowest to the widest. */
  public enum Scope {
    /** This recipient: a full mailbox, or one that gets too much. */
    RECIPIENT,
    /** This message, such as greylisting. */
    MESSAGE,
    /** The way to the recipient's domain. */
    ROUTE,
    /** All mail of the account to the recipient's domain. */
    DOMAIN,
    /** All mail of the account at its server. */
    ACCOUNT,
    /** It does not say. */
    UNCLEAR
  }
}
