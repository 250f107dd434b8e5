// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.param;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.PathParam;
import javax.ws.rs.QueryParam;
import javax.ws.rs.ext.ParamConverter;
import javax.ws.rs.ext.ParamConverterProvider;

/**
 * Reads parameters of paths and queries. In a path a value of the wrong form names nothing, so it
 * is not found; in a query it is an invalid request. One that is empty there is as good as none: it
 * has its default, which CXF itself gives to missing ones alone.
 */
public final class Parameters implements ParamConverterProvider {

  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.of(
          String.class, text -> text,
          UUID.class, Parameters::uuid,
          Instant.class, Parameters::moment,
          Integer.class, Integer::valueOf,
          Boolean.class, Parameters::bool);

  private static final Map<Class<?>, String> EXPECTED =
      Map.of(
          UUID.class, "an id",
          Instant.class, "a moment such as 2026-03-01T12:00:00Z",
          Boolean.class, "true or false");

  @Override
  public <T> ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] notes) {
    if (type == String.class && find(notes, QueryParam.class).isEmpty()) {
      return null;
    }
    Function<String, Object> reader =
        type.isEnum() ? text -> constant(type, text) : READERS.get(type);
    return reader == null ? null : new Converter<>(type, reader, notes);
  }

  private static <A extends Annotation> Optional<A> find(Annotation[] notes, Class<A> type) {
    return Arrays.stream(notes).filter(type::isInstance).map(type::cast).findFirst();
  }

  private static UUID uuid(String text) {
    UUID id = UUID.fromString(text);
    if (text.length() != 36) {
      throw new IllegalArgumentException("Not a whole id");
    }
    return id;
  }

  private static Instant moment(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Not a moment", e);
    }
  }

  private static Boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("Neither true nor false");
    }
    return text.equals("true");
  }

  private static Object constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(IllegalArgumentException::new);
  }

  private record Converter<T>(Class<T> type, Function<String, Object> reader, Annotation[] notes)
      implements ParamConverter<T> {

    @Override
    public T fromString(String text) {
      String given = text == null || text.isEmpty() ? otherwise() : text;
      try {
        return given == null ? null : type.cast(reader.apply(given));
      } catch (IllegalArgumentException e) {
        throw wrong();
      }
    }

    private String otherwise() {
      return find(notes, DefaultValue.class).map(DefaultValue::value).orElse(null);
    }

    @Override
    public String toString(T value) {
      return String.valueOf(value);
    }

    private RookeryException wrong() {
      if (find(notes, PathParam.class).isPresent()) {
        return RookeryException.notFound("object");
      }
      String name =
          find(notes, QueryParam.class).map(q -> q.value() + " must be ").orElse("Must be ");
      return new RookeryException(CommonErrors.INVALID_REQUEST, name + expected());
    }

    private String expected() {
      if (type.isEnum()) {
        return Arrays.stream(type.getEnumConstants())
            .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", ""));
      }
      return EXPECTED.getOrDefault(type, "a number");
    }
  }
}
