// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

/**
 * What a host shall be; in a change, what is null stays as it is.
 *
 * @param name 1 to 100 characters
 * @param address a host name or an IP address, at most 253 characters
 * @param port the TCP port of its SSH server; 22 where a new host leaves it out
 * @param fingerprint the host key that a new host must show, where it is known already; null to
 *     look at it first. A change pins by {@link HostService#pin} instead
 */
public record HostData(String name, String address, Integer port, String fingerprint) {}
