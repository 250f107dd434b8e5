// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

/**
 * What is to be done next of a rotation that is under way. Each may be done again from its
 * beginning; what comes after the last is the promotion, which is one transaction.
 */
enum RotationStep {
  /** Make a pair and keep it in the secret store as a pending version. */
  MAKE,
  /** Put its public half on the host beside the present one. */
  PUT,
  /** Sign in by it, over a connection of its own. */
  VERIFY
}
