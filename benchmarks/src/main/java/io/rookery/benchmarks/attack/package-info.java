// SPDX-License-Identifier: Apache-2.0
/** Requests for what is an owner's, by everybody to whom it is closed. */
package io.rookery.benchmarks.attack;
