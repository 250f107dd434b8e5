// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.system;

import io.rookery.api.campaigns.CampaignContent.Links;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.people.PeopleMail;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.people.PeopleMail.Link;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.single.SingleContent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes what the platform's own mail says, as it is sent: tokens stand in no table. Call it outside
 * of transactions. Thread-safe.
 */
public final class SystemLetters {

  /** Of the 24 hours, as there are readers in every zone. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Transactions transactions;
  private final PeopleMail mail;
  private final LetterTemplates templates;
  private final String baseUrl;
  private final SystemMailStore store = new SystemMailStore();

  /**
   * Makes it of what people are told.
   *
   * @param baseUrl where links in mails lead, without a slash at its end
   */
  public SystemLetters(
      Transactions transactions, PeopleMail mail, MessageContents contents, String baseUrl) {
    this.transactions = transactions;
    this.mail = mail;
    this.templates = new LetterTemplates(contents);
    this.baseUrl = baseUrl;
  }

  /**
   * Returns what a message says that the platform sends to an address, or empty where it is none of
   * its own or nothing is to be said to that address any more.
   */
  public Optional<SingleContent> content(TenantContext context, UUID messageId, String to) {
    return transactions
        .call(context, tx -> store.queued(tx, messageId))
        .flatMap(cause -> content(cause, to));
  }

  private Optional<SingleContent> content(Cause cause, String to) {
    return mail.letter(cause)
        .filter(letter -> Post.wire(letter).filter(to::equals).isPresent())
        .map(letter -> content(cause, letter));
  }

  private SingleContent content(Cause cause, Letter letter) {
    RenderedMessage rendered = templates.of(cause.kind()).render(variables(letter), new NoLinks());
    return new SingleContent(
        null,
        null,
        rendered.subject(),
        rendered.html(),
        rendered.text(),
        // RFC 3834 §5: so that nobody's holiday answers it.
        Map.of("Auto-Submitted", "auto-generated"),
        List.of());
  }

  private Map<String, Object> variables(Letter letter) {
    Map<String, Object> variables = new HashMap<>(letter.words());
    Link link = letter.link();
    if (link != null) {
      variables.put("link", baseUrl + "/account/" + link.page() + "/" + link.token().reveal());
      variables.put("until", TIME.format(link.expiresAt()));
    }
    return variables;
  }

  /** Nobody is followed, and nobody unsubscribes. */
  private record NoLinks() implements Links {

    @Override
    public String click(int number) {
      return null;
    }

    @Override
    public String open() {
      return null;
    }

    @Override
    public String unsubscribe() {
      return null;
    }
  }
}
