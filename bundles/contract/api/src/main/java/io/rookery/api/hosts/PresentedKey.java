// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

/**
 * The host key that a host shows now.
 *
 * @param hostKey the key
 * @param pinned whether it is the one that is pinned
 */
public record PresentedKey(HostKey hostKey, boolean pinned) {}
