// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.List;
import java.util.UUID;

/** A message on its way out. Which form a backend gets is decided by its capabilities. */
public sealed interface OutboundMessage permits RawMessage, TemplateMessage {

  /** Returns the message's id, under which offers and outcomes name it. */
  UUID id();

  /** Returns the envelope recipients, at least one, without duplicates. */
  List<String> recipients();

  /**
   * Returns a key that is the same at every retry and for no other message; at most 100 characters.
   */
  default String idempotencyKey() {
    return id().toString();
  }
}
