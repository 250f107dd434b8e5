// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.keys;

import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.secrets.internal.ConfiguredStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the platform's keys as soon as the store can be used, publishes them then, and looks for
 * newer ones each minute. Once published they stay, whatever becomes of the store.
 */
@Component(service = KeyLoader.class, immediate = true)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"io.rookery.api.secrets.PlatformKeys\"")
public final class KeyLoader {

  private static final Logger LOG = LoggerFactory.getLogger(KeyLoader.class);
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final Duration REFRESH = Duration.ofMinutes(1);

  private final ConfiguredStore stores;
  private final PinnedKeys keys;
  private final Function<PlatformKeys, Runnable> publisher;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(KeyLoader::thread);
  private Runnable withdrawal;
  private String lastFailure;

  /** Begins to load at once, in the background. */
  @Activate
  public KeyLoader(@Reference ConfiguredStore stores, BundleContext bundle) {
    this(stores, Clock.systemUTC(), keys -> publish(bundle, keys));
    thread.execute(this::work);
  }

  /** Loads when told to; the publisher returns what takes the publication back. */
  KeyLoader(ConfiguredStore stores, Clock clock, Function<PlatformKeys, Runnable> publisher) {
    this.stores = stores;
    this.keys = new PinnedKeys(clock);
    this.publisher = publisher;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-platform-keys");
    thread.setDaemon(true);
    return thread;
  }

  private static Runnable publish(BundleContext bundle, PlatformKeys keys) {
    ServiceRegistration<PlatformKeys> registration =
        bundle.registerService(PlatformKeys.class, keys, null);
    return registration::unregister;
  }

  private void work() {
    Duration pause = attempt() ? REFRESH : RETRY;
    thread.schedule(this::work, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Loads the keys and publishes them where they are not yet; returns whether the store answered.
   */
  synchronized boolean attempt() {
    try {
      keys.load(stores.get());
    } catch (RuntimeException e) {
      report(e);
      return false;
    }
    lastFailure = null;
    if (withdrawal == null) {
      withdrawal = publisher.apply(keys);
      LOG.info("The platform's keys are loaded");
    }
    return true;
  }

  private void report(RuntimeException e) {
    String failure = String.valueOf(e.getMessage());
    if (!failure.equals(lastFailure)) {
      LOG.warn("The platform's keys cannot be loaded now: {}", failure);
      lastFailure = failure;
    }
  }

  /**
   * Makes a new key of a purpose, which becomes the current one a few minutes later on every node.
   *
   * @return its id
   */
  public int rotate(KeyPurpose purpose) {
    return keys.rotate(stores.get(), purpose);
  }

  /** Withdraws the keys. */
  @Deactivate
  public synchronized void close() {
    thread.shutdownNow();
    if (withdrawal != null) {
      withdrawal.run();
      withdrawal = null;
    }
  }
}
