// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.jpa;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.reflect.Type;
import java.sql.SQLException;
import javax.persistence.AttributeConverter;
import org.postgresql.util.PGobject;

/**
 * Stores an immutable value, such as a record, as {@code jsonb}. Fields that came or went by an
 * upgrade do no harm. A unit's converter names the interface once more, as EclipseLink looks no
 * further:
 *
 * <pre>{@code
 * @Converter
 * public class DetailsConverter extends JsonbConverter<Details>
 *     implements AttributeConverter<Details, Object> {
 *   public DetailsConverter() {
 *     super(Details.class);
 *   }
 * }
 * }</pre>
 *
 * @param <T> the attribute's type
 */
public abstract class JsonbConverter<T> implements AttributeConverter<T, Object> {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final JavaType type;

  /** Converts values of a type, which may be a generic one. */
  protected JsonbConverter(Type type) {
    this.type = MAPPER.constructType(type);
  }

  @Override
  public final Object convertToDatabaseColumn(T attribute) {
    try {
      PGobject column = new PGobject();
      column.setType("jsonb");
      column.setValue(attribute == null ? null : MAPPER.writeValueAsString(attribute));
      return column;
    } catch (JsonProcessingException | SQLException e) {
      throw new IllegalStateException("A value cannot be written as JSON: " + type, e);
    }
  }

  @Override
  public final T convertToEntityAttribute(Object column) {
    String json = column instanceof PGobject object ? object.getValue() : (String) column;
    try {
      return json == null ? null : MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A value cannot be read from JSON: " + type, e);
    }
  }
}
