// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.UUID;

/** The data of events as JSON. Ids come back as text, fractions as decimals. */
public final class EventJson {

  private static final TypeReference<Map<String, Object>> DATA = new TypeReference<>() {};

  private final ObjectMapper mapper =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** Writes data, which holds text, numbers, flags and ids only. */
  public String write(Map<String, ?> data) {
    data.forEach(EventJson::check);
    try {
      return mapper.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The data of an event cannot be written", e);
    }
  }

  private static void check(String name, Object value) {
    if (!(value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof UUID)) {
      throw new IllegalArgumentException(
          "An event's data holds text, numbers, flags and ids only, but " + name + " is another");
    }
  }

  /** Reads data that was written. */
  public Map<String, Object> read(String json) {
    try {
      return mapper.readValue(json, DATA);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The data of an event cannot be read", e);
    }
  }
}
