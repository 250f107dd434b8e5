// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of jsonb columns. */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /** Writes a value. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /** Reads a value. */
  public static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The database holds JSON that is no " + type, e);
    }
  }

  /** Reads an object; an empty one, as most are, needs no parser. */
  public static Map<String, Object> object(String json) {
    return json.equals("{}") ? new LinkedHashMap<>() : parsed(json);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parsed(String json) {
    return read(json, LinkedHashMap.class);
  }
}
