// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.Event;

/** An event and its place in the log. */
record LogEntry(LogPosition position, Event event) {}
