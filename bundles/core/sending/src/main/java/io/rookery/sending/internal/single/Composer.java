// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.CampaignContent.Links;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.campaigns.MessageContents;
import io.rookery.api.campaigns.MessageContents.Written;
import io.rookery.api.campaigns.RenderedMessage;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.NewMessage.Content;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.line.ContactVariables;
import io.rookery.sending.internal.link.LinkTokens;
import io.rookery.sending.internal.single.Named.Found;
import io.rookery.sending.internal.store.SenderQueries.Reached;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes messages out of drafts: renders what each says for its recipient. All of it happens before
 * anything is written, so that a batch holds no transaction open while it renders. One batch each.
 */
final class Composer {

  /** They are held until all are written, and again by the driver: some 64 MB at the most. */
  private static final long MOST_CHARACTERS = 16_000_000;

  private final TenantContext context;
  private final Tenant tenant;
  private final MessageContents contents;
  private final LinkTokens tokens;
  private final String baseUrl;
  private final Map<TemplateKey, Optional<MessageContents.Content>> templates = new HashMap<>();

  private record TemplateKey(UUID id, Category category) {}

  Composer(
      TenantContext context,
      Tenant tenant,
      MessageContents contents,
      LinkTokens tokens,
      String baseUrl) {
    this.context = context;
    this.tenant = tenant;
    this.contents = contents;
    this.tokens = tokens;
    this.baseUrl = baseUrl;
  }

  /** Returns messages, as many as there are drafts unless something is wrong with one. */
  List<Single> compose(List<Found> drafts) {
    List<Single> messages = new ArrayList<>(drafts.size());
    long characters = 0;
    for (Found found : drafts) {
      Single message = message(found);
      if (message != null) {
        characters += characters(message.content());
        messages.add(message);
      }
      if (characters > MOST_CHARACTERS) {
        found
            .faults()
            .add(
                pointer(found.draft().message().content()),
                "The messages of one request have more than %d characters together; send fewer"
                    .formatted(MOST_CHARACTERS));
        break;
      }
    }
    return messages;
  }

  private static long characters(SingleContent content) {
    return content.text().length() + (content.html() == null ? 0L : content.html().length());
  }

  private static String pointer(Content content) {
    return content.templateId() == null ? "/html" : "/template_id";
  }

  private Single message(Found found) {
    Draft draft = found.draft();
    UUID id = Uuids.next();
    RenderedMessage rendered = rendered(id, found);
    if (rendered == null) {
      return null;
    }
    NewMessage asked = draft.message();
    return new Single(
        id,
        asked.to().contactId(),
        found.to(),
        new Single.Sender(found.box().id(), EmailAddresses.domainOf(found.box().address())),
        draft.category(),
        draft.dueAt(),
        null,
        new SingleContent(
            asked.fromName(),
            draft.replyTo(),
            rendered.subject(),
            rendered.html(),
            rendered.text(),
            draft.headers(),
            draft.files()));
  }

  private RenderedMessage rendered(UUID id, Found found) {
    Content content = found.draft().message().content();
    String pointer = pointer(content);
    try {
      MessageContents.Content source = source(content, found.draft().category()).orElse(null);
      if (source == null) {
        found.faults().add(pointer, "There is no such template");
        return null;
      }
      RenderedMessage rendered = source.render(variables(found), links(id, found.draft()));
      check(rendered, found);
      return rendered;
    } catch (RookeryException e) {
      if (!e.code().equals(MessageErrors.RENDER_FAILED)) {
        throw e;
      }
      found.faults().add(pointer, e.getMessage());
      return null;
    }
  }

  private Optional<MessageContents.Content> source(Content content, Category category) {
    if (content.templateId() == null) {
      Written written = new Written(content.subject(), content.html(), content.text());
      return Optional.of(contents.literal(written, category));
    }
    return templates.computeIfAbsent(
        new TemplateKey(content.templateId(), category),
        key -> contents.template(context, key.id(), key.category()));
  }

  private static void check(RenderedMessage rendered, Found found) {
    Faults faults = found.faults();
    faults.unless(
        !rendered.subject().isBlank(), "/template_id", "The template gives an empty subject");
    String pointer =
        found.draft().message().content().templateId() == null ? "/html" : "/variables";
    faults.storable(pointer, rendered.subject() + rendered.text());
    if (rendered.html() != null) {
      faults.storable(pointer, rendered.html());
    }
    for (int i = 0; i < found.draft().files().size(); i++) {
      boolean inline = found.draft().files().get(i).contentId() != null;
      faults.unless(
          !inline || rendered.html() != null,
          "/attachments/" + i + "/content_id",
          "Only HTML can refer to it; leave content_id out to attach the file");
    }
  }

  private Map<String, Object> variables(Found found) {
    Map<String, Object> given = found.draft().message().content().variables();
    Map<String, Object> variables = given == null ? new HashMap<>() : new HashMap<>(given);
    Reached contact = found.contact();
    variables.put(
        "contact", ContactVariables.contact(contact == null ? null : contact.data(), found.to()));
    variables.put("tenant", ContactVariables.sender(tenant));
    return variables;
  }

  private Links links(UUID id, Draft draft) {
    String unsubscribe =
        draft.category() == Category.TRANSACTIONAL
            ? null
            : baseUrl + "/u/" + tokens.make(KeyPurpose.UNSUBSCRIBE_LINK, context.tenantId(), id, 0);
    return new Untracked(unsubscribe);
  }

  /** Links as they are written: nobody who gets a message by itself is followed. */
  private record Untracked(String unsubscribe) implements Links {

    @Override
    public String click(int number) {
      return null;
    }

    @Override
    public String open() {
      return null;
    }
  }
}
