// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;

/**
 * Waits for what is wanted of bundles and services, looking again whenever one of them changes: the
 * component runtime, being a service with a count of its changes, tells of components too.
 */
final class Settling implements BundleListener, ServiceListener {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final BundleContext context;
  private long changes;

  Settling(BundleContext context) {
    this.context = context;
  }

  /** Returns once there are no offenders, or when patience is at its end with those there are. */
  Set<String> until(Supplier<Set<String>> offenders) throws InterruptedException {
    context.addBundleListener(this);
    context.addServiceListener(this);
    try {
      long end = System.nanoTime() + PATIENCE_NANOS;
      long seen = changes();
      Set<String> now = offenders.get();
      while (!now.isEmpty() && changed(seen, end)) {
        seen = changes();
        now = offenders.get();
      }
      return now;
    } finally {
      context.removeServiceListener(this);
      context.removeBundleListener(this);
    }
  }

  private synchronized long changes() {
    return changes;
  }

  /** Waits for a change beyond those seen; returns false when patience is at its end. */
  private synchronized boolean changed(long seen, long end) throws InterruptedException {
    while (changes == seen) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private synchronized void change() {
    changes++;
    notifyAll();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    change();
  }

  @Override
  public void serviceChanged(ServiceEvent event) {
    change();
  }
}
