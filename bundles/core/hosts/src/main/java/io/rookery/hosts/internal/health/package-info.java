// SPDX-License-Identifier: Apache-2.0
/** How hosts are: what can be seen from outside, by name servers, and from the inside. */
package io.rookery.hosts.internal.health;
