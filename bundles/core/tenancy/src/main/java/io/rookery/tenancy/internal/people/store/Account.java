// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What signing in needs to know of a person.
 *
 * @param passwordSetAt when the password was set anew, or null where it is the first
 * @param places where the person is a member, those joined first first
 */
public record Account(User user, String passwordHash, Instant passwordSetAt, List<Place> places) {

  /** Copies the places. */
  public Account {
    places = List.copyOf(places);
  }

  /** Returns what whoever has shown the password is known by from now on. */
  public Seen seen() {
    return new Seen(user.id(), passwordSetAt);
  }

  /** Returns the place of a tenant that is named by id or slug, the first where none is named. */
  public Optional<Place> place(String tenant) {
    return places.stream()
        .filter(
            place ->
                tenant == null
                    || tenant.equals(place.tenantSlug())
                    || tenant.equals(place.tenantId().toString()))
        .findFirst();
  }
}
