// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.kernel.SecretBearing;
import io.rookery.spi.plugin.Secret;
import java.util.UUID;

/**
 * The private half of a pair, shown this once.
 *
 * @param id the key's id
 * @param number the pair's number
 * @param privateKey in OpenSSH's form
 */
public record DownloadedKey(UUID id, int number, Secret privateKey) implements SecretBearing {}
