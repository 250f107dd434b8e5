// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says of each field whether it may be null: all may but the required and the plain numbers. */
final class Schemas {

  private Schemas() {}

  static void complete(OpenAPI whole) {
    whole.getComponents().getSchemas().remove(PageParams.class.getSimpleName());
    whole.getComponents().getSchemas().values().forEach(Schemas::nullable);
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // swagger's model is raw
  private static void nullable(Schema schema) {
    Map<String, Schema> properties = schema.getProperties();
    if (properties == null) {
      return;
    }
    Map<String, Schema> changed = new LinkedHashMap<>();
    List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
    properties.forEach(
        (name, property) ->
            changed.put(name, required.contains(name) ? property : orNull(property)));
    schema.setProperties(changed);
    schema.setAdditionalProperties(Boolean.FALSE);
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // swagger's model is raw
  private static Schema orNull(Schema property) {
    if (property.get$ref() != null) {
      Schema nothing = new Schema();
      nothing.addType("null");
      Schema either = new Schema();
      either.setAnyOf(List.of(property, nothing));
      return either;
    }
    if (property.getTypes() != null) {
      property.addType("null");
    }
    if (property.getEnum() != null && !property.getEnum().contains(null)) {
      // What an annotation lists cannot be added to.
      List<Object> values = new ArrayList<>(property.getEnum());
      values.add(null);
      property.setEnum(values);
    }
    return property;
  }
}
