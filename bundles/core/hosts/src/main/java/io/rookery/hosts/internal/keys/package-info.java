// SPDX-License-Identifier: Apache-2.0
/** The keys that sign in to hosts: made, put, verified, rotated, revoked, step by durable step. */
package io.rookery.hosts.internal.keys;
