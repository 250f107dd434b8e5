// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.secrets;

import java.time.Instant;

/**
 * A readable version of a secret.
 *
 * @param number the version's number, from 1
 * @param data its fields
 * @param createdAt when it was written
 */
public record SecretVersion(int number, SecretData data, Instant createdAt) {}
