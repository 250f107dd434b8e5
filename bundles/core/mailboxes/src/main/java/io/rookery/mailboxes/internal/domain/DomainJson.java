// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.check.CheckResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The JSON columns of the table of domains. */
final class DomainJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private DomainJson() {}

  static String write(Selectors selectors) {
    ArrayNode array = JSON.createArrayNode();
    for (DkimSelector one : selectors.all()) {
      ObjectNode node = array.addObject();
      node.put("name", one.name());
      node.put("algorithm", word(one.algorithm()));
      node.put("public_key", one.publicKey());
      node.put("created_at", one.createdAt().toString());
      put(node, "published_at", one.publishedAt());
      put(node, "retired_at", one.retiredAt());
    }
    return array.toString();
  }

  static Selectors selectors(String text) {
    List<DkimSelector> selectors = new ArrayList<>();
    for (JsonNode node : read(text)) {
      selectors.add(
          new DkimSelector(
              node.path("name").asText(),
              Algorithm.valueOf(constant(node, "algorithm")),
              node.path("public_key").asText(),
              instant(node, "created_at"),
              instant(node, "published_at"),
              instant(node, "retired_at")));
    }
    return new Selectors(selectors);
  }

  static String write(List<CheckResult> results) {
    ArrayNode array = JSON.createArrayNode();
    for (CheckResult result : results) {
      ObjectNode node = array.addObject();
      node.put("purpose", word(result.purpose()));
      node.put("host", result.host());
      node.put("verdict", word(result.verdict()));
      result.found().forEach(node.putArray("found")::add);
      node.put("advice", result.advice());
    }
    return array.toString();
  }

  static List<CheckResult> results(String text) {
    List<CheckResult> results = new ArrayList<>();
    for (JsonNode node : read(text)) {
      List<String> found = new ArrayList<>();
      node.path("found").forEach(value -> found.add(value.asText()));
      results.add(
          new CheckResult(
              RecordPurpose.valueOf(constant(node, "purpose")),
              node.path("host").asText(),
              RecordVerdict.valueOf(constant(node, "verdict")),
              found,
              node.path("advice").asText(null)));
    }
    return results;
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds a domain that is no JSON", e);
    }
  }

  private static void put(ObjectNode node, String name, Instant instant) {
    node.put(name, instant == null ? null : instant.toString());
  }

  private static Instant instant(JsonNode node, String name) {
    return node.hasNonNull(name) ? Instant.parse(node.path(name).asText()) : null;
  }

  private static String constant(JsonNode node, String name) {
    return node.path(name).asText().toUpperCase(Locale.ROOT);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
