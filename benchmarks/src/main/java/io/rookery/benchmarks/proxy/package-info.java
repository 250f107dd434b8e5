// SPDX-License-Identifier: Apache-2.0
/** What stands before a server and spoils answers, so that a harness can be seen to notice. */
package io.rookery.benchmarks.proxy;
