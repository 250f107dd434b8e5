// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import java.time.Instant;
import java.util.UUID;

/**
 * A person whose password was right, and which of their passwords that was. What is done for it
 * later is done only while the account has that password still, whatever its hash costs by then.
 *
 * @param passwordSetAt when the password was set anew, or null where it is the account's first
 */
public record Seen(UUID userId, Instant passwordSetAt) {}
