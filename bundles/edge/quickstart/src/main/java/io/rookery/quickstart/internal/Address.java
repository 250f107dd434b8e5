// SPDX-License-Identifier: Apache-2.0
package io.rookery.quickstart.internal;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where this Rookery answers. */
final class Address {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI root;

  /** The port may be null for the usual one. */
  Address(String port) {
    this.root = URI.create("http://127.0.0.1:" + (port == null ? "8181" : port) + "/");
  }

  URI root() {
    return root;
  }

  /** Returns once the platform says of itself that it is ready. */
  void awaitReady() throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("health/ready")).timeout(Duration.ofSeconds(5)).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ready(client, request)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            root + " does not answer; see the log in the distribution's data/log folder");
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static boolean ready(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
