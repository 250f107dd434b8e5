// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.jpa;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.sessions.Session;

/**
 * Stores an {@link Instant} as {@code timestamptz}, to the microsecond. Do not use {@code
 * OffsetDateTime} instead: EclipseLink 2.7.15 may read it by the twelve-hour clock, so that an
 * afternoon comes back as the morning before it.
 *
 * <pre>{@code
 * @Converter(name = "instant", converterClass = InstantConverter.class)  // on the entity
 * @Convert("instant") @Column(name = "created_at") private Instant createdAt;
 * }</pre>
 */
public final class InstantConverter implements Converter {

  private static final long serialVersionUID = 1L;

  @Override
  public Object convertObjectValueToDataValue(Object value, Session session) {
    return value == null ? null : Timestamp.from((Instant) value);
  }

  @Override
  public Object convertDataValueToObjectValue(Object value, Session session) {
    return value == null ? null : ((Timestamp) value).toInstant();
  }

  @Override
  public boolean isMutable() {
    return false;
  }

  @Override
  public void initialize(DatabaseMapping mapping, Session session) {
    DatabaseField field = mapping.getField();
    field.setType(Timestamp.class);
    field.setSqlType(Types.TIMESTAMP_WITH_TIMEZONE);
    field.setColumnDefinition("timestamptz");
  }
}
