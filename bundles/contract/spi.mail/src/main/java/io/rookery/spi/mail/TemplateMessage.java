// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A message that the backend makes from a template of its own.
 *
 * @param id the message's id
 * @param recipient the one recipient's address
 * @param templateId the template's id at the backend
 * @param variables values for the template: strings, numbers, or lists of maps of these
 */
public record TemplateMessage(
    UUID id, String recipient, String templateId, Map<String, Object> variables)
    implements OutboundMessage {

  /** Checks that the message is whole and copies the variables. */
  public TemplateMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(recipient, "recipient");
    Objects.requireNonNull(templateId, "templateId");
    variables = Map.copyOf(variables);
  }

  @Override
  public List<String> recipients() {
    return List.of(recipient);
  }
}
