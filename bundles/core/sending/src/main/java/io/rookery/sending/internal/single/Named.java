// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.CampaignService.GateFinding;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.SenderQueries;
import io.rookery.sending.internal.store.SenderQueries.Box;
import io.rookery.sending.internal.store.SenderQueries.Reached;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds the mailboxes and contacts that drafts name, and asks of each mailbox whether it may send
 * what is asked of it. Opens transactions of its own; one batch each.
 */
final class Named {

  private static final Duration BACKEND_WAIT = Duration.ofSeconds(5);

  /** A paused mailbox takes messages: they wait for it. */
  private static final String PAUSED = "mailbox_paused";

  private static final String NOT_INSTALLED = "backend_missing";
  private static final String NOT_PERMITTED = "transactional_not_permitted";

  private final TenantContext context;
  private final MessageContents contents;
  private final SenderQueries queries = new SenderQueries();
  private final Map<UUID, Box> byId = new HashMap<>();
  private final Map<String, Box> byAddress = new HashMap<>();
  private final Map<UUID, Reached> contacts = new HashMap<>();
  private final Map<SenderKey, List<GateFinding>> findings = new HashMap<>();

  private record SenderKey(UUID mailboxId, Category category) {}

  /** A draft with what it names; the contact is null where it goes to an address. */
  record Found(Draft draft, Box box, Reached contact, Faults faults) {

    /** Returns the recipient's address in wire form. */
    String to() {
      return contact == null ? draft.to() : contact.address();
    }
  }

  Named(TenantContext context, MessageContents contents) {
    this.context = context;
    this.contents = contents;
  }

  /** Looks up what the drafts name, each kind in one statement. */
  Named load(Transactions transactions, List<Draft> drafts) {
    transactions.call(context, tx -> load(tx, drafts));
    return this;
  }

  private Void load(Tx tx, List<Draft> drafts) throws SQLException {
    Set<UUID> ids =
        drafts.stream()
            .map(draft -> draft.message().from().mailboxId())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    Set<String> addresses =
        drafts.stream()
            .map(Draft::from)
            .filter(Objects::nonNull)
            .map(Named::normalised)
            .collect(Collectors.toSet());
    for (Box box : queries.boxes(tx, ids, addresses)) {
      byId.put(box.id(), box);
      byAddress.put(normalised(box.address()), box);
    }
    Set<UUID> wanted =
        drafts.stream()
            .map(draft -> draft.message().to().contactId())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    contacts.putAll(queries.contacts(tx, wanted));
    return null;
  }

  private static String normalised(String address) {
    return EmailAddresses.normalised(address).orElse(address.toLowerCase(Locale.ROOT));
  }

  /**
   * Returns the drafts whose mailbox and recipient there are; reports what is wrong with others.
   */
  List<Found> find(List<Draft> drafts, List<Faults> faults) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      Box box = sender(draft, faults.get(i));
      UUID contactId = draft.message().to().contactId();
      Reached contact = contactId == null ? null : contacts.get(contactId);
      boolean reachable = contactId == null || contact != null;
      faults.get(i).unless(reachable, "/contact_id", "There is no such contact");
      if (box != null && reachable) {
        found.add(new Found(draft, box, contact, faults.get(i)));
      }
    }
    return found;
  }

  private Box sender(Draft draft, Faults faults) {
    UUID id = draft.message().from().mailboxId();
    String pointer = id == null ? "/from" : "/mailbox_id";
    Box box = id == null ? byAddress.get(normalised(draft.from())) : byId.get(id);
    if (box == null) {
      faults.add(pointer, "There is no such mailbox");
      return null;
    }
    for (GateFinding finding : check(box, draft.category())) {
      if (finding.code().equals(NOT_INSTALLED)) {
        throw RookeryException.unavailable(finding.detail(), BACKEND_WAIT, null);
      }
      if (!finding.code().equals(PAUSED)) {
        boolean category = finding.code().equals(NOT_PERMITTED);
        faults.add(category ? "/category" : pointer, finding.detail());
      }
    }
    return box;
  }

  private List<GateFinding> check(Box box, Category category) {
    return findings.computeIfAbsent(
        new SenderKey(box.id(), category),
        key -> contents.check(context, key.mailboxId(), key.category()));
  }
}
