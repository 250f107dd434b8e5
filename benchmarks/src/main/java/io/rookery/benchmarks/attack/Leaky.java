// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import io.rookery.benchmarks.proxy.Twist;

/**
 * Lets a stranger read an owner's contacts, and remove an owner's lists while being told that there
 * are none.
 */
public final class Leaky implements Twist {

  private final String stranger;
  private final String owner;

  /** Passes a stranger's requests on with an owner's key. */
  public Leaky(String strangersKey, String ownersKey) {
    this.stranger = "Bearer " + strangersKey;
    this.owner = "Bearer " + ownersKey;
  }

  @Override
  public String authorization(String method, String path, String given) {
    boolean read = method.equals("GET") && path.matches("/api/v1/contacts/[^/]+");
    return (read || removes(method, path)) && stranger.equals(given) ? owner : given;
  }

  @Override
  public int status(String method, String path, int given) {
    return removes(method, path) && given == 204 ? 404 : given;
  }

  private static boolean removes(String method, String path) {
    return method.equals("DELETE") && path.matches("/api/v1/lists/[^/]+");
  }
}
