// SPDX-License-Identifier: Apache-2.0
/** Mail of every shape, signed and handed over by the product, verified by servers of others. */
package io.rookery.benchmarks.signing;
