// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells what is wrong with JSON in the words of the API, never repeating what was sent. */
final class JsonErrors {

  private JsonErrors() {}

  /** Returns 400 for what is no JSON and 422 for a field that does not fit. */
  static RookeryException translate(JsonProcessingException e) {
    if (e.getCause() instanceof RookeryException own) {
      return own;
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return RookeryException.invalid(pointer(unknown), "There is no such field");
    }
    if (e instanceof MismatchedInputException wrong) {
      return RookeryException.invalid(pointer(wrong), expected(wrong));
    }
    if (e instanceof JsonMappingException mapping
        && !mapping.getPath().isEmpty()
        && !(e.getCause() instanceof JsonProcessingException)) {
      return RookeryException.invalid(pointer(mapping), "The value does not fit");
    }
    return new RookeryException(CommonErrors.INVALID_REQUEST, malformed(e), e);
  }

  private static String malformed(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    boolean duplicate =
        e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate");
    return duplicate
        ? "A field is given twice" + where
        : "The body is not well-formed JSON" + where;
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  private static String expected(MismatchedInputException e) {
    Class<?> type = e.getTargetType();
    if (type == null) {
      return "The value does not fit";
    }
    if (type.isEnum()) {
      return "Must be one of "
          + Arrays.stream(type.getEnumConstants())
              .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    return "Must be "
        + kind(type)
        + (e instanceof InvalidFormatException ? " in its usual form" : "");
  }

  private static String kind(Class<?> type) {
    if (type == String.class) {
      return "a string";
    }
    if (type == UUID.class) {
      return "an id (UUID)";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "a time such as 2026-01-31T09:30:00Z (RFC 3339)";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "an array";
    }
    boolean whole = type == Integer.class || type == Long.class || type.isPrimitive();
    boolean object = Map.class.isAssignableFrom(type) || type.isRecord();
    return whole ? "a whole number" : object ? "an object" : "of another type";
  }
}
