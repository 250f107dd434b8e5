// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import java.io.IOException;

/** PostgreSQL is stopped, for a while or only to be started again. */
final class Stopped implements DatabaseFault {

  private final Postmaster postmaster;
  private final boolean again;

  private Stopped(Postmaster postmaster, boolean again) {
    this.postmaster = postmaster;
    this.again = again;
  }

  static Stopped forAWhile(Postmaster postmaster) {
    return new Stopped(postmaster, false);
  }

  static Stopped andStartedAgain(Postmaster postmaster) {
    return new Stopped(postmaster, true);
  }

  @Override
  public String name() {
    return again ? "restarted" : "stopped";
  }

  @Override
  public boolean lasting() {
    return !again;
  }

  @Override
  public boolean unready() {
    return !again;
  }

  @Override
  public void begin() throws IOException, InterruptedException {
    if (again) {
      postmaster.stopImmediately();
      postmaster.start();
    } else {
      postmaster.stop();
    }
  }

  @Override
  public void end() throws IOException, InterruptedException {
    postmaster.start();
  }
}
