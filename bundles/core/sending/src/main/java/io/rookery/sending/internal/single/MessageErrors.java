// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;

/** Errors of others that are told apart here. */
final class MessageErrors {

  /** Content cannot be rendered; campaigns reports it. */
  static final ErrorCode RENDER_FAILED =
      new ErrorCode("campaigns.render_failed", Kind.UNPROCESSABLE);

  private MessageErrors() {}
}
