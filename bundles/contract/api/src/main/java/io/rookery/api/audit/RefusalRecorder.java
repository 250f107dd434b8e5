// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.audit;

import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Notes in a tenant's log that somebody who is known was refused. Of one subject only so many
 * refusals a minute are told one by one; the others of that minute are counted and told together,
 * so nobody can flood the log. Must be called outside any transaction. Never throws: a refusal
 * stays one where it cannot be noted. Thread-safe.
 */
@ProviderType
public interface RefusalRecorder {

  /**
   * Notes a refusal.
   *
   * @param context whose log, and who was refused
   * @param subjectId the key or person that was refused
   * @param reason a code such as {@code forbidden}, never personal data
   * @param operation what was refused, such as the template of a path, never personal data
   */
  void refused(TenantContext context, UUID subjectId, String reason, String operation);
}
