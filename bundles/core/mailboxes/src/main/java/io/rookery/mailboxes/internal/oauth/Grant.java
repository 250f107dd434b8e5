// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.spi.plugin.Secret;
import java.time.Duration;

/**
 * What a token endpoint gave (RFC 6749 §5.1).
 *
 * @param refreshToken null where it gave none: an earlier one goes on
 * @param lifetime how long the access token lives
 */
record Grant(Secret accessToken, Secret refreshToken, Duration lifetime) {}
