// SPDX-License-Identifier: Apache-2.0
/**
 * The secret store that needs no other server: secrets in the platform's database, encrypted under
 * data keys that a master key outside the database wraps.
 */
package io.rookery.secrets.embedded;
