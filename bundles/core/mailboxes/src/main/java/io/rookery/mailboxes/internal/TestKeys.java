// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.BackendDirectory;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.spi.mail.Capability;

/** Keeps test keys from what live mail goes by. */
final class TestKeys {

  private TestKeys() {}

  /** Lets a test key change a mailbox only where its backend is here and catches mail. */
  static void refuseUnlessCaught(
      TenantContext context, BackendDirectory backends, String backendName) {
    if (context.mode() == Mode.TEST && !caught(backends, backendName)) {
      refuse(context, "A test key has no say in mailboxes, unless their mail is caught");
    }
  }

  private static boolean caught(BackendDirectory backends, String name) {
    return backends
        .find(name)
        .filter(found -> found.capabilities().contains(Capability.CATCHES_MAIL))
        .isPresent();
  }

  /** Refuses a test key. */
  static void refuse(TenantContext context, String why) {
    if (context.mode() == Mode.TEST) {
      throw new RookeryException(CommonErrors.FORBIDDEN, why);
    }
  }
}
