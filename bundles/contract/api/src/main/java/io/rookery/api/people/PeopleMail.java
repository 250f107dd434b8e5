// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import io.rookery.spi.plugin.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the platform has to tell people by mail. Whoever mails asks when the mail is made: names,
 * addresses and tokens are looked up or derived then, and are kept nowhere on the way. Asked twice
 * for the same cause it gives the same token. Call it outside of transactions. Thread-safe.
 */
@ProviderType
public interface PeopleMail {

  /** Why somebody is written to. */
  enum Kind {
    /** Too many sign-ins from one source have failed; the link lifts the lock. Of an account. */
    LOCKED,
    /** Too many sign-ins have failed altogether; the link lifts the guard. Of an account. */
    GUARDED,
    /** Somebody asked for a link to set the password. Of an account. */
    RESET_ASKED,
    /** The password was set; without a link. Of an account. */
    PASSWORD_CHANGED,
    /** The address is to be verified by the link. Of an account. */
    VERIFY,
    /** The address is to be an account's by the link; goes to that address. Of a change. */
    NEW_EMAIL,
    /** The account is to have another address; goes to the former one. Of a change. */
    EMAIL_CHANGE,
    /** Somebody is invited into the tenant. Of an invitation. */
    INVITED
  }

  /**
   * Returns what to write, or empty where nothing is to be written any more: the account is gone,
   * what was offered was taken back, or the link would have expired.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where the database is away
   */
  Optional<Letter> letter(Cause cause);

  /**
   * What a letter is about.
   *
   * @param id of the event; no two letters have the same
   * @param tenantId in whose log the event stands
   * @param subjectId the event's subject
   * @param at when it happened
   */
  record Cause(UUID id, Kind kind, UUID tenantId, UUID subjectId, Instant at) {}

  /**
   * A letter to one person.
   *
   * @param address where it goes
   * @param words what its text shows, by name
   * @param link where it leads, or null
   */
  record Letter(String address, Map<String, String> words, Link link) {

    /** Copies the words. */
    public Letter {
      words = Map.copyOf(words);
    }
  }

  /**
   * A link to a page of the platform.
   *
   * @param page the page's name, which stands in its address
   * @param token what authorises
   * @param expiresAt when it stops to work
   */
  record Link(String page, Secret token, Instant expiresAt) {}
}
