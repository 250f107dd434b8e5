// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import io.rookery.persistence.Schema;
import java.util.Dictionary;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** A bundle that brings tables, and the service that says they are ready. */
final class BundleSchema {

  private final Bundle bundle;
  private final String area;
  private ServiceRegistration<Schema> registration;
  private String lastFailure;
  private boolean gone;

  BundleSchema(Bundle bundle, String area) {
    this.bundle = bundle;
    this.area = area;
  }

  Bundle bundle() {
    return bundle;
  }

  String area() {
    return area;
  }

  /** Notes why a migration failed; returns whether that is news. */
  synchronized boolean failedAnew(String reason) {
    boolean news = !reason.equals(lastFailure);
    lastFailure = reason;
    return news;
  }

  /** Says that the tables are ready, unless the bundle has gone meanwhile. */
  void publish(BundleContext context, Schema schema) {
    ServiceRegistration<Schema> fresh =
        context.registerService(Schema.class, schema, properties(schema));
    synchronized (this) {
      if (!gone) {
        registration = fresh;
        return;
      }
    }
    fresh.unregister();
  }

  private static Dictionary<String, Object> properties(Schema schema) {
    return FrameworkUtil.asDictionary(
        Map.of("area", schema.area(), "schema.version", schema.version()));
  }

  /** Takes the schema back from whoever uses it. */
  void withdraw() {
    ServiceRegistration<Schema> last;
    synchronized (this) {
      gone = true;
      last = registration;
      registration = null;
    }
    if (last != null) {
      last.unregister();
    }
  }

  @Override
  public String toString() {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }
}
