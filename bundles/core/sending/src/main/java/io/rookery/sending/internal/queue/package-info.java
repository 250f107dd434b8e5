// SPDX-License-Identifier: Apache-2.0
/** What waits and what failed, as people see it, and how it comes into the queue again. */
package io.rookery.sending.internal.queue;
