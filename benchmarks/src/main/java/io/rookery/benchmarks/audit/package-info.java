// SPDX-License-Identifier: Apache-2.0
/** An audit chain, and what the owner of its database could do to it. */
package io.rookery.benchmarks.audit;
