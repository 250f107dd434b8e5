// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;
import java.util.Set;

/** What goes wrong with hosts, each with a sentence that says what to do. */
public final class HostErrors {

  /** Nobody has said yet which key the host must show. */
  public static final ErrorCode NOT_PINNED = new ErrorCode("host_not_pinned", Kind.CONFLICT);

  /** The host shows another key than the pinned one; nothing was sent to it. */
  public static final ErrorCode KEY_CHANGED = new ErrorCode("host_key_changed", Kind.CONFLICT);

  /** No SSH server answers there. */
  public static final ErrorCode UNREACHABLE = new ErrorCode("host_unreachable", Kind.CONFLICT);

  /** The platform does not connect to such an address. */
  public static final ErrorCode REFUSED = new ErrorCode("host_address_refused", Kind.CONFLICT);

  /** The host does not take the credential. */
  public static final ErrorCode LOGIN_REFUSED = new ErrorCode("host_login_refused", Kind.CONFLICT);

  /** There is no room left where keys are kept on the host. */
  public static final ErrorCode DISK_FULL = new ErrorCode("host_disk_full", Kind.CONFLICT);

  /** What was to be done on the host failed there. */
  public static final ErrorCode COMMAND_FAILED =
      new ErrorCode("host_command_failed", Kind.CONFLICT);

  private HostErrors() {}

  /** Returns them all. */
  public static Set<ErrorCode> all() {
    return Set.of(
        NOT_PINNED, KEY_CHANGED, UNREACHABLE, REFUSED, LOGIN_REFUSED, DISK_FULL, COMMAND_FAILED);
  }
}
