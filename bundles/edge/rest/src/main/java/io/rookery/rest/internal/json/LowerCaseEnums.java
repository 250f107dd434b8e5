// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.json;

import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.util.Arrays;
import java.util.Locale;

/** Writes and reads enum constants in lower case, and knows that plain numbers are never null. */
final class LowerCaseEnums extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
    return lower(values);
  }

  @Override
  @SuppressWarnings("deprecation") // swagger-core still asks this way
  public String[] findEnumValues(Class<?> type, Enum<?>[] values, String[] names) {
    return lower(values);
  }

  @Override
  public Boolean hasRequiredMarker(AnnotatedMember member) {
    return member.getRawType().isPrimitive() ? Boolean.TRUE : super.hasRequiredMarker(member);
  }

  private static String[] lower(Enum<?>[] values) {
    return Arrays.stream(values)
        .map(value -> value.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }
}
