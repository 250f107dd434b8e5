// SPDX-License-Identifier: Apache-2.0
/** How fast mail leaves: counted on each node, noted in the database, added up when asked for. */
package io.rookery.sending.internal.rates;
