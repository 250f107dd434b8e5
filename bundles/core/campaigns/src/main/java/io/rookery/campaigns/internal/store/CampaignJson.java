// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rookery.api.campaigns.CampaignData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a content keeps of its campaign, as JSON. */
final class CampaignJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CampaignJson() {}

  static String write(CampaignData data) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", data.name());
    node.put("template_id", text(data.templateId()));
    node.replace("list_ids", ids(data.listIds()));
    node.replace("mailbox_ids", ids(data.mailboxIds()));
    node.put("from_name", data.fromName());
    node.put("reply_to", data.replyTo());
    node.put("category", data.category().name());
    node.put("track_opens", data.trackOpens());
    node.put("track_clicks", data.trackClicks());
    node.put("start_at", text(data.startAt()));
    node.put("workspace_id", text(data.workspaceId()));
    return node.toString();
  }

  static CampaignData read(String json) {
    JsonNode node = tree(json);
    return new CampaignData(
        string(node, "name"),
        id(node, "template_id"),
        ids(node.path("list_ids")),
        ids(node.path("mailbox_ids")),
        string(node, "from_name"),
        string(node, "reply_to"),
        CampaignData.Category.valueOf(string(node, "category")),
        node.path("track_opens").asBoolean(),
        node.path("track_clicks").asBoolean(),
        node.hasNonNull("start_at") ? Instant.parse(string(node, "start_at")) : null,
        id(node, "workspace_id"));
  }

  private static UUID id(JsonNode node, String name) {
    return node.hasNonNull(name) ? UUID.fromString(string(node, name)) : null;
  }

  static String write(List<String> texts) {
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array.toString();
  }

  static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    tree(json).forEach(node -> texts.add(node.textValue()));
    return texts;
  }

  private static ArrayNode ids(List<UUID> ids) {
    ArrayNode array = JSON.createArrayNode();
    ids.forEach(id -> array.add(id.toString()));
    return array;
  }

  private static List<UUID> ids(JsonNode array) {
    List<UUID> ids = new ArrayList<>();
    array.forEach(node -> ids.add(UUID.fromString(node.textValue())));
    return List.copyOf(ids);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static String string(JsonNode node, String name) {
    return node.path(name).textValue();
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds what is no JSON", e);
    }
  }
}
