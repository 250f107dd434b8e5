// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

/**
 * How a backend says that its accounts may sign in with OAuth 2 access tokens (RFC 6749): it
 * declares a setting {@value #SETTING} that takes {@value #CHOICE} among its choices. For a mailbox
 * that is set so the platform keeps the consent and puts an access token that lives for at least
 * some minutes into every {@link Account}, as the credential {@value #ACCESS_TOKEN}; it is no
 * setting and nobody gives it by hand. A renewed token leaves the account's epoch as it was:
 * connections that are signed in stay so, further ones sign in with the token of the call.
 */
public final class OAuth2 {

  /** The setting that says what an account signs in with. */
  public static final String SETTING = "authentication";

  /** Its value for access tokens. */
  public static final String CHOICE = "oauth2";

  /** The credential that holds the access token. */
  public static final String ACCESS_TOKEN = "access_token";

  private OAuth2() {}
}
