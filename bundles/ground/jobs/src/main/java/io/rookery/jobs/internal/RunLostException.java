// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobCancelledException;

/** Ends a run that must not go on: a later one has begun, or its node lets it go. */
final class RunLostException extends JobCancelledException {

  private static final long serialVersionUID = 1L;
}
