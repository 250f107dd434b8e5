// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Instant;

/**
 * What a mailbox allows now, read with every claim.
 *
 * @param address the mailbox's address
 * @param displayName the name for From, or null
 * @param backend the name of its backend
 * @param paused whether its owner or the platform paused it
 * @param room how many messages it may still send in the running 24 hours, those in flight not
 *     counted
 * @param roomAt when a first place comes free again where there is no room
 * @param minimumGapMillis the least time between two messages
 * @param lastSentAt when it last sent, or null
 * @param resendsDoubtful whether a message is tried again whose final answer was lost with the
 *     connection, rather than held for people
 * @param limit how many messages it may send in 24 hours now
 * @param suspended whether its tenant may not send at all
 * @param sealed whether its tenant's secrets are sealed, so that it cannot send
 * @param held whether its mail waits for a moment, such as for another password
 * @param weight its tenant's part where tenants share the window
 */
public record LaneState(
    String address,
    String displayName,
    String backend,
    boolean paused,
    int room,
    Instant roomAt,
    long minimumGapMillis,
    Instant lastSentAt,
    boolean resendsDoubtful,
    int limit,
    boolean suspended,
    boolean sealed,
    boolean held,
    int weight) {}
