// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Door.Answer;
import java.io.IOException;
import java.util.TreeSet;

/**
 * A tenant, with what it has and the door that it speaks through.
 *
 * @param tenantId the tenant's id
 * @param owner what it has
 * @param door speaks with a key of all scopes
 */
public record Side(String tenantId, Owner owner, Door door) {

  public Answer send(Call call) throws IOException, InterruptedException {
    return door.send(call);
  }

  /** Returns what the tenant sees of something, which must be there. */
  public Answer see(Call call) throws IOException, InterruptedException {
    Answer answer = send(call);
    if (!answer.succeeded()) {
      throw new IOException(call + " was answered with " + answer);
    }
    return answer;
  }

  /**
   * Returns what a tenant's whole listing shows, as the set of its ids; of what is no listing, all.
   */
  public Object state(String template) throws IOException, InterruptedException {
    Call call = Call.get(template);
    Answer seen = see(call);
    if (!seen.json().has("data")) {
      return seen.body();
    }
    // Not every listing comes in pages.
    return seen.json().hasNonNull("next_cursor")
        ? door.listed(call.withQuery("limit", "500"))
        : new TreeSet<>(seen.ids());
  }
}
