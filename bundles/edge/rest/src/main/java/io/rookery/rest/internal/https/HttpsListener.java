// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.https;

import io.rookery.api.certificates.ServerKeys;
import io.rookery.rest.internal.Whiteboard;
import java.net.InetSocketAddress;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for HTTPS where the operator wants that without a proxy in front. */
@Component(
    service = HttpsListener.class,
    immediate = true,
    configurationPid = {HttpsConfiguration.PID, HttpsListener.SENDING})
public final class HttpsListener {

  /** The PID that has the public address. */
  static final String SENDING = "io.rookery.sending";

  private static final Logger LOG = LoggerFactory.getLogger(HttpsListener.class);

  private final HttpsServer server;

  /** Listens where the configuration says, or nowhere. */
  @Activate
  public HttpsListener(
      HttpsConfiguration configuration,
      PublicAddress address,
      @Reference ServerKeys keys,
      @Reference Whiteboard resources)
      throws Exception {
    if (configuration.https_port() == 0) {
      this.server = null;
      return;
    }
    InetSocketAddress at =
        new InetSocketAddress(configuration.https_address(), configuration.https_port());
    this.server = new HttpsServer(at, address.public_base__url(), keys, resources.bus());
    server.guard(resources.door());
    LOG.info("HTTPS is spoken on {}:{}", at.getHostString(), at.getPort());
  }

  /** The one key of that PID that matters here. */
  @interface PublicAddress {

    /** Where the links in mails lead; {@code public.base_url}. */
    String public_base__url() default "";
  }

  /** Stops listening. */
  @Deactivate
  public void close() throws Exception {
    if (server != null) {
      server.close();
    }
  }
}
