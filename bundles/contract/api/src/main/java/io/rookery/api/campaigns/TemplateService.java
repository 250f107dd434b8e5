// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A tenant's templates, in the safe subset of Liquid that docs/templates.md describes. Thread-safe.
 */
@ProviderType
public interface TemplateService {

  /**
   * Makes a template; at most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} with line and column where
   *     a part does not compile
   */
  Template create(TenantContext context, TemplateData data);

  /** Returns a template of the tenant. */
  Template get(TenantContext context, UUID id);

  /** Returns the tenant's templates by id. */
  Page<Template> list(TenantContext context, PageRequest page);

  /** Changes a template; null fields stay. The expected version is the one last seen, or 0. */
  Template update(TenantContext context, UUID id, TemplateData data, long expectedVersion);

  /** Removes a template; campaigns that were started keep their content. */
  void delete(TenantContext context, UUID id);

  /**
   * What is said of a template; null leaves a field as it is.
   *
   * @param subject Liquid, plain text, one line
   * @param html Liquid; output is HTML-escaped unless the template says otherwise
   * @param text Liquid, plain text; null derives it from the HTML
   * @param workspaceId the workspace that it is in; a new one is in the main one unless said
   *     otherwise
   */
  record TemplateData(String name, String subject, String html, String text, UUID workspaceId) {

    /** Says nothing of a workspace. */
    public TemplateData(String name, String subject, String html, String text) {
      this(name, subject, html, text, null);
    }

    /** Returns the same in a workspace. */
    public TemplateData in(UUID workspace) {
      return new TemplateData(name, subject, html, text, workspace);
    }
  }

  /** A template. */
  record Template(UUID id, TemplateData data, Instant createdAt, Instant updatedAt, long version) {}
}
