// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A configuration with the defaults for all that is not given, as the container makes it. */
final class Defaults {

  private Defaults() {}

  static PersistenceConfiguration configuration(Map<String, ?> values) {
    return (PersistenceConfiguration)
        Proxy.newProxyInstance(
            PersistenceConfiguration.class.getClassLoader(),
            new Class<?>[] {PersistenceConfiguration.class},
            (proxy, method, arguments) -> {
              Object value = values.get(method.getName());
              return value == null ? method.getDefaultValue() : value;
            });
  }
}
