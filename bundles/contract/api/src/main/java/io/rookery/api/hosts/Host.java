// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import java.time.Instant;
import java.util.UUID;

/**
 * A machine that is reached by SSH.
 *
 * @param id its id
 * @param name what people call it, unique within the tenant
 * @param address a host name or an IP address
 * @param port the TCP port of its SSH server
 * @param hostKey which host key it must show, or null while nobody has said; nothing is sent to it
 *     until then
 * @param pinnedAt when that key was pinned, or null
 * @param createdAt when it was registered
 * @param version rises with each change
 */
public record Host(
    UUID id,
    String name,
    String address,
    int port,
    HostKey hostKey,
    Instant pinnedAt,
    Instant createdAt,
    long version) {}
