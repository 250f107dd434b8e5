// SPDX-License-Identifier: Apache-2.0
/**
 * How fast mail goes: slower where a receiver asks for it, within caps, and not at all to what is
 * down.
 */
package io.rookery.sending.internal.throttle;
