// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.jpa;

import java.sql.Types;
import java.util.UUID;
import org.eclipse.persistence.internal.helper.DatabaseField;
import org.eclipse.persistence.mappings.DatabaseMapping;
import org.eclipse.persistence.mappings.converters.Converter;
import org.eclipse.persistence.sessions.Session;

/**
 * Stores a {@link UUID} as {@code uuid}; left alone, EclipseLink would send {@code bytea}. Works on
 * ids, composite ones included:
 *
 * <pre>{@code
 * @Converter(name = "uuid", converterClass = UuidConverter.class)  // on the entity, EclipseLink's
 * @Id @Convert("uuid") @Column(name = "tenant_id") private UUID tenantId;
 * }</pre>
 */
public final class UuidConverter implements Converter {

  private static final long serialVersionUID = 1L;

  @Override
  public Object convertObjectValueToDataValue(Object value, Session session) {
    return value;
  }

  @Override
  public Object convertDataValueToObjectValue(Object value, Session session) {
    return value == null || value instanceof UUID ? value : UUID.fromString(value.toString());
  }

  @Override
  public boolean isMutable() {
    return false;
  }

  @Override
  public void initialize(DatabaseMapping mapping, Session session) {
    DatabaseField field = mapping.getField();
    field.setSqlType(Types.OTHER);
    field.setColumnDefinition("uuid");
  }
}
