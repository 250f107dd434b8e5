// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a newcomer the whole of Rookery in one go: a tenant, an import, a campaign to the sandbox.
 * Does nothing unless the framework property {@code rookery.quickstart} names the folder of its
 * files, from the data folder on.
 */
@Component(
    immediate = true,
    service = {},
    configurationPid = "org.ops4j.pax.web")
public final class QuickStart {

  private static final Logger LOG = LoggerFactory.getLogger(QuickStart.class);

  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "rookery-quickstart"));

  /** Begins, where it was asked for. */
  @Activate
  public QuickStart(
      BundleContext bundles, @Reference DemoServices services, Map<String, Object> web) {
    String folder = bundles.getProperty("rookery.quickstart");
    if (folder != null && !folder.isBlank()) {
      Object port = web.get("org.osgi.service.http.port");
      Path data = Path.of(bundles.getProperty("karaf.data"));
      String http = port == null ? null : port.toString();
      executor.execute(() -> show(services, data.resolve(folder), http));
    }
  }

  private static void show(DemoServices services, Path folder, String port) {
    Console console = new Console(System.out);
    try {
      new Demo(services, folder, console).run(new Address(port));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      LOG.error("The quick start broke off", e);
      console.line("The quick start broke off: " + e.getMessage());
    }
  }

  @Deactivate
  void stop() {
    executor.shutdownNow();
  }
}
