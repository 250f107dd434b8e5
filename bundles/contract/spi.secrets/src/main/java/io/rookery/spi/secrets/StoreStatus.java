// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

/** Whether a secret store can be used. */
public enum StoreStatus {
  READY,
  /** It answers, but is sealed: an operator has to unseal it. */
  SEALED,
  /** It does not answer, or refuses our sign-in. */
  UNREACHABLE
}
