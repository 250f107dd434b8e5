// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plugins;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices plugins that stop and leave threads running. Java cannot end a thread against its will,
 * so all that can be done is to say it: such a plugin holds its memory until the platform restarts.
 * Thread-safe.
 */
@Component(service = PluginWatch.class, immediate = true)
public final class PluginWatch implements SynchronousBundleListener {

  private static final Logger LOG = LoggerFactory.getLogger(PluginWatch.class);
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final BundleContext context;
  private final Map<Thread, String> suspects = new ConcurrentHashMap<>();
  private final Map<Thread, Set<String>> packages = new ConcurrentHashMap<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "rookery-plugin-watch");
            thread.setDaemon(true);
            return thread;
          });

  /** Watches the bundles from now on. */
  @Activate
  public PluginWatch(BundleContext context) {
    this.context = context;
    context.addBundleListener(this);
  }

  /** Stops watching. */
  @Deactivate
  public void close() {
    context.removeBundleListener(this);
    later.shutdownNow();
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    if (event.getType() == BundleEvent.STOPPING && PluginBundles.isPlugin(bundle)) {
      note(bundle);
    }
  }

  /**
   * Notes the threads that run a plugin's code when it begins to stop: a later version with the
   * same packages has threads of its own.
   */
  private void note(Bundle bundle) {
    Set<String> own = new HashSet<>(PluginBundles.packages(bundle));
    // Where another version runs the same classes, a thread does not tell whose it is.
    for (Bundle other : context.getBundles()) {
      if (other != bundle && other.getState() == Bundle.ACTIVE && PluginBundles.isPlugin(other)) {
        own.removeAll(PluginBundles.packages(other));
      }
    }
    String name = bundle.getSymbolicName() + " " + bundle.getVersion();
    for (Thread thread : PluginBundles.threads(own)) {
      suspects.put(thread, name);
      packages.put(thread, own);
    }
    later.schedule(this::tell, GRACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tell() {
    leftThreads()
        .forEach(
            (thread, plugin) ->
                LOG.warn("Plugin {} has stopped and left thread {}", plugin, thread.getName()));
  }

  /** Returns the threads that plugins have left behind, with the plugin's name and version. */
  Map<Thread, String> leftThreads() {
    suspects
        .keySet()
        .removeIf(
            thread ->
                !thread.isAlive() || !PluginBundles.threads(packages.get(thread)).contains(thread));
    packages.keySet().retainAll(suspects.keySet());
    return Map.copyOf(suspects);
  }
}
