// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import java.util.Set;

/** Opens {@link ResourceClasses} to tests of other packages. */
public final class ResourceClassesAccess {

  private ResourceClassesAccess() {}

  /** Returns every resource of the bundle. */
  public static Set<Class<?>> all() throws Exception {
    return ResourceClasses.all();
  }
}
