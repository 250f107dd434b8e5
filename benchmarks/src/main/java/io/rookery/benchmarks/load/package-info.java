// SPDX-License-Identifier: Apache-2.0
/**
 * Tenants with mailboxes, lists and campaigns that keep a cluster sending for as long as is wanted.
 */
package io.rookery.benchmarks.load;
