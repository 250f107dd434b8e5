// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.io.IOException;

/** Says that a server does not speak SMTP; the message never repeats what it said instead. */
final class ProtocolException extends IOException {

  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super(message);
  }
}
