// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

/** Says that a mailbox can be used again only once somebody consents again. */
public final class ConsentGoneException extends Exception {

  private static final long serialVersionUID = 1L;

  ConsentGoneException(String provider, TokenException cause) {
    super("The consent at " + provider + " was withdrawn or has expired", cause);
  }
}
