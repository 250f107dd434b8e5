// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import io.rookery.spi.plugin.Setting;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hands messages to a system that delivers mail. Registered as a service with the properties {@code
 * backend} (its name, such as {@code smtp}) and {@code version}. The platform calls it from several
 * threads, also for one account, up to {@link #parallelism}; the calling threads belong to the
 * platform and are interrupted when the backend is to stop.
 *
 * <p>The rules that keep mail from being lost or doubled:
 *
 * <ol>
 *   <li>A message is put on the wire only after {@link OutcomeSink#offer} granted it, and the offer
 *       is made at the last moment: on a ready connection, just before MAIL or the request.
 *   <li>Every granted message gets an outcome for each recipient, as soon as it is known. What was
 *       pulled from the iterator and not granted is simply dropped: the platform still has it.
 *   <li>Where the final answer did not come, the outcome is {@code IN_DOUBT}, never a guess.
 *   <li>A backend never retries a granted message by itself.
 * </ol>
 */
@ConsumerType
public interface EmailBackend {

  /** Returns what this backend can do beyond the plain minimum; constant over its life. */
  Set<Capability> capabilities();

  /**
   * Returns what this backend can do for an account: all of {@link #capabilities()} where it does
   * not say otherwise, and never more. Quick, and does not connect.
   */
  default Set<Capability> capabilities(Account account) {
    return capabilities();
  }

  /** Returns the settings of an account with this backend, in the order to show them. */
  List<Setting> settings();

  /** Returns how many {@link #send} calls may run at a time for an account, at least 1. */
  int parallelism(Account account);

  /**
   * Returns a name for the server that an account's messages are handed to, the same for accounts
   * that share it, such as host and port; never a secret, at most 512 characters. The platform
   * shares out among tenants what a server takes. By default each account counts as one of its own.
   * Asked before each turn of a mailbox; answers from the settings alone, without a network.
   */
  default String server(Account account) {
    return account.id().toString();
  }

  /**
   * Sends messages until the iterator ends, an offer is refused or the account fails. The iterator
   * belongs to this call; its {@code hasNext} may wait for more and its {@code next} may render.
   *
   * @throws BackendException where the account cannot send now: not reachable, not signed in,
   *     slowed down. Outcomes already reported stand.
   * @throws InterruptedException where the platform asks to stop; granted messages have been
   *     reported
   */
  void send(Account account, Iterator<OutboundMessage> messages, OutcomeSink outcomes)
      throws BackendException, InterruptedException;

  /**
   * Signs in without sending and returns; nothing is left open.
   *
   * @throws BackendException where that does not work, with a detail that says what to do
   */
  void check(Account account) throws BackendException, InterruptedException;

  /** Closes what is kept open for an account, as after a change of its credentials. */
  void release(UUID accountId);
}
