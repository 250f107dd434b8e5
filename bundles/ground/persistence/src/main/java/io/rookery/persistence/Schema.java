// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Says that an area's tables are migrated and may be used. Published as a service with the property
 * {@code area}; a component that touches the tables requires it, for example by {@code
 * target="(area=contacts)"}.
 */
@ProviderType
public interface Schema {

  /** Returns the area, which is the last part of its bundle's name. */
  String area();

  /** Returns the version that the tables are at, as the migration history names it. */
  String version();
}
