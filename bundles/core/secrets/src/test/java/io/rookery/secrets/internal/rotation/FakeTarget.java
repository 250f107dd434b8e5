// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotationRules;
import io.rookery.api.secrets.SecretRotator;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A target in memory that takes a set of values, the value that the platform uses, and a pending
 * one. Values are numbers: each prepared one is the next.
 */
class FakeTarget implements SecretRotator {

  final Set<Integer> taken = new HashSet<>(Set.of(1));
  int used = 1;
  Integer pending;
  int newest = 1;
  boolean overlap = true;
  Progress published = Progress.DONE;
  RookeryException failure;
  String failsAt = "";

  @Override
  public String kind() {
    return "fake";
  }

  @Override
  public RotationRules rules() {
    return new RotationRules(180, 30, 365, Duration.ofHours(24), Duration.ofDays(7));
  }

  private void at(String step) {
    if (failsAt.equals(step)) {
      throw failure;
    }
  }

  void fail(String step, RookeryException how) {
    failsAt = step;
    failure = how;
  }

  @Override
  public Prepared prepare(TenantContext context, Task task) {
    at("prepare");
    if (pending == null) {
      pending = ++newest;
    }
    return new Prepared(used, overlap);
  }

  @Override
  public Progress put(TenantContext context, Task task) {
    at("put");
    if (!published.done()) {
      return published;
    }
    taken.add(pending);
    if (!task.overlap()) {
      taken.remove(task.oldVersion());
    }
    return Progress.DONE;
  }

  @Override
  public Progress verify(TenantContext context, Task task) {
    at("verify");
    if (!taken.contains(pending)) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "The target does not take it");
    }
    return Progress.DONE;
  }

  @Override
  public void promote(TenantContext context, Task task) {
    at("promote");
    used = pending;
  }

  @Override
  public void retire(TenantContext context, Task task) {
    at("retire");
    taken.remove(task.oldVersion());
    pending = null;
  }

  @Override
  public void takeBack(TenantContext context, Task task) {
    at("take back");
    taken.remove(pending);
    taken.add(used);
    pending = null;
  }
}
