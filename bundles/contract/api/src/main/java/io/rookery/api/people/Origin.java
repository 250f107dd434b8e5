// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.util.Objects;

/**
 * Where a request of somebody who is not signed in comes from.
 *
 * @param address the network address of the other end, never null
 * @param client what the client calls itself, or null; kept up to 200 characters
 * @param requestId the id under which logs name the request, never null
 */
public record Origin(String address, String client, String requestId) {

  private static final int LONGEST = 200;

  /** Shortens what the client calls itself and leaves out what cannot be shown. */
  public Origin {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(requestId, "requestId");
    if (client != null) {
      String shown = client.replaceAll("\\p{Cntrl}", " ").strip();
      client = shown.length() > LONGEST ? shown.substring(0, LONGEST) : shown;
    }
  }
}
