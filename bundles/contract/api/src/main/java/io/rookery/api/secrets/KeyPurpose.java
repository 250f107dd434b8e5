// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

/** What a platform key is for. No key serves two purposes. */
public enum KeyPurpose {
  /** Pepper of the digests by which API keys are found. */
  API_KEY,
  /** Tokens of open pixels. */
  OPEN_LINK,
  /** Tokens of click links. */
  CLICK_LINK,
  /** Tokens of unsubscribe links; never retired. */
  UNSUBSCRIBE_LINK,
  /** Tokens in return paths. */
  RETURN_PATH,
  /** Digests of suppressed addresses; never retired. */
  SUPPRESSION,
  /** Proofs that a consent is taken up by who began it (RFC 7636); worth ten minutes each. */
  CONSENT,
  /** Proofs that one-click unsubscribes come back through the public address. */
  PUBLIC_REACH,
  /** Digests by which the tokens of signed-in people are found. */
  SESSION,
  /** Seeds of the Ed25519 keys that sign heads of the audit log; never retired. */
  AUDIT_HEAD,
  /** Tokens of links that are mailed to people who have an account, or are to have one. */
  PERSON_LINK
}
