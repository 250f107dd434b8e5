// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.mime.Mail;
import io.rookery.sending.internal.single.SingleContent;
import io.rookery.sending.internal.store.SingleStore;
import io.rookery.sending.internal.system.SystemLetters;
import java.time.Instant;
import java.util.Locale;

/**
 * Makes mails of messages of no campaign. What they say was rendered when they were taken and is
 * read one by one, for it may be large; what the platform itself says is made now. Thread-safe.
 */
final class SingleRenderer {

  private final TenantContext context;
  private final Transactions transactions;
  private final LargeMails large;
  private final SystemLetters letters;
  private final SingleStore store = new SingleStore();

  SingleRenderer(
      TenantContext context, Transactions transactions, LargeMails large, SystemLetters letters) {
    this.context = context;
    this.transactions = transactions;
    this.large = large;
    this.letters = letters;
  }

  /**
   * Returns a message's mail.
   *
   * @param unsubscribe where its recipient unsubscribes
   * @throws RookeryException {@code not_found} where what it says is no longer kept, {@code
   *     unavailable} where too many large mails are on their way
   */
  Mail mail(ClaimedMessage message, LaneState lane, Instant now, String unsubscribe) {
    // Waits, if it has to, outside any transaction.
    large.take(transactions.call(context, tx -> store.octets(tx, message.contentId())));
    SingleContent content =
        transactions
            .call(context, tx -> store.content(tx, message.contentId()))
            .or(() -> letters.content(context, message.id(), message.to()))
            .orElseThrow(() -> RookeryException.notFound("content; it is no longer kept"));
    String category = message.transactional() ? "transactional" : "commercial";
    return new Mail(
        message.id(),
        message.host(),
        lane.address(),
        content.fromName() == null ? lane.displayName() : content.fromName(),
        message.to(),
        content.replyTo(),
        content.subject(),
        now,
        message.transactional() ? null : unsubscribe,
        null,
        String.format(Locale.ROOT, "%s:%s:message:rookery", category, context.tenantId()),
        content.html(),
        content.text(),
        content.extras());
  }
}
