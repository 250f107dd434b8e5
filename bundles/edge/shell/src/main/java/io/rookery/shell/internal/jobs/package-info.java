// SPDX-License-Identifier: Apache-2.0
/** Commands about background jobs. */
package io.rookery.shell.internal.jobs;
