// SPDX-License-Identifier: Apache-2.0
/**
 * A mail server of ours that keeps account: what it has answered with 250 stands in a ledger on the
 * disk, and the ledger tells what was lost and what came twice.
 */
package io.rookery.benchmarks.ledger;
