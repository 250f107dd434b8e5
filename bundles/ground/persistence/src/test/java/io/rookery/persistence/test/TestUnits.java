// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import java.util.HashMap;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;

/** Opens persistence units of the class path as the container would. */
final class TestUnits {

  private TestUnits() {}

  static EntityManagerFactory open(String unit, DataSource source) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("javax.persistence.nonJtaDataSource", source);
    properties.put("eclipselink.session-name", unit + "@" + System.identityHashCode(source));
    EntityManagerFactory factory =
        new PersistenceProvider().createEntityManagerFactory(unit, properties);
    if (factory == null) {
      throw new IllegalArgumentException("No META-INF/persistence.xml names the unit " + unit);
    }
    return factory;
  }
}
