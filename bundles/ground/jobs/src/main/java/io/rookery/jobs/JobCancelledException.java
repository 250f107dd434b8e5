// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs;

/** Ends a run because somebody asked the job to stop. */
public class JobCancelledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Reports that the job shall stop. */
  public JobCancelledException() {
    super("The job was cancelled");
  }
}
