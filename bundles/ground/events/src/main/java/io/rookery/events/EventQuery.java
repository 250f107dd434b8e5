// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Looks into a tenant's part of the log. Thread-safe. */
@ProviderType
public interface EventQuery {

  /** Returns the tenant's events, newest first; type and subject narrow it and may be null. */
  Page<Event> list(TenantContext context, Filter filter, PageRequest page);

  /** Which events are wanted; null parts do not narrow. */
  record Filter(String type, UUID subjectId) {}
}
