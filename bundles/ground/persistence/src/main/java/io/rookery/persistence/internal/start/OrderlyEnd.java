// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Stops the bundles in their order when the JVM is asked to end: by Ctrl-C, or by the end of its
 * terminal. Karaf itself does so for SIGTERM alone, and a JVM that just goes leaves mail undrained
 * and the embedded server running.
 */
@Component(
    immediate = true,
    service = {})
public final class OrderlyEnd {

  /** Longer than any bundle's drain; who cannot wait has SIGKILL. */
  private static final long PATIENCE_MILLIS = 60_000;

  private final Framework framework;
  private final Thread hook = new Thread(this::stopAll, "rookery-end");

  /** Watches for the end of the JVM from now on. */
  @Activate
  public OrderlyEnd(BundleContext bundles) {
    this.framework = bundles.getBundle(0).adapt(Framework.class);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAll() {
    try {
      framework.stop();
      framework.waitForStop(PATIENCE_MILLIS);
    } catch (BundleException e) {
      throw new IllegalStateException("The bundles could not be stopped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the JVM end by itself, as this bundle has stopped before it. */
  @Deactivate
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is the hook itself that stops this bundle.
    }
  }
}
