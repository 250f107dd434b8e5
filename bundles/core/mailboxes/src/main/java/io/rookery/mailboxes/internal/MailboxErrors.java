// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.kernel.ErrorCode;
import java.time.Duration;

/** The errors that only mailboxes have. */
final class MailboxErrors {

  static final ErrorCode CHECK_FAILED =
      new ErrorCode("mailboxes.check_failed", ErrorCode.Kind.UNPROCESSABLE);
  static final ErrorCode NOT_CONNECTED =
      new ErrorCode("mailboxes.not_connected", ErrorCode.Kind.CONFLICT);
  static final Duration WAIT = Duration.ofSeconds(10);

  private MailboxErrors() {}
}
