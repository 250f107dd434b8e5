// SPDX-License-Identifier: Apache-2.0
/** Whether times tell two things apart. */
package io.rookery.benchmarks.timing;
