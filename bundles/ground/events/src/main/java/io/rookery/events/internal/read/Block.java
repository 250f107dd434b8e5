// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.util.List;

/**
 * A stretch of the log in its order.
 *
 * @param entries the events that were wanted
 * @param end the place that a reader is at once it has applied them
 * @param bounds how far could be read
 * @param full whether there may be more at once
 */
record Block(List<LogEntry> entries, LogPosition end, Bounds bounds, boolean full) {}
