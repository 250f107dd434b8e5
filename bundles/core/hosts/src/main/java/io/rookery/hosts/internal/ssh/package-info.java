// SPDX-License-Identifier: Apache-2.0
/** Signing in to hosts by SSH (RFC 4251 to 4254) over connections that the egress guard makes. */
package io.rookery.hosts.internal.ssh;
