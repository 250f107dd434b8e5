// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/** The ability to show mails that were caught instead of sent. */
@ConsumerType
public interface CaughtMail {

  /**
   * Returns a tenant's caught mails, newest first.
   *
   * @param beyond the id of the last one seen, or null for the newest
   * @param limit how many at most, 1 to 500
   */
  List<Caught> list(UUID tenantId, UUID beyond, int limit);

  /** Returns one caught mail of a tenant with its content, or empty. */
  Optional<Caught> get(UUID tenantId, UUID id);

  /** Removes all caught mails of a tenant; returns how many. */
  int clear(UUID tenantId);

  /**
   * A caught mail.
   *
   * @param id the id of the catch, version 7
   * @param messageId the id of the message that was sent
   * @param caughtAt when it was caught
   * @param envelopeSender the address of MAIL FROM
   * @param recipients the envelope recipients
   * @param content the whole MIME message; in a list its header alone
   */
  record Caught(
      UUID id,
      UUID messageId,
      Instant caughtAt,
      String envelopeSender,
      List<String> recipients,
      byte[] content) {}
}
