// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.faulty.internal;

import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** What becomes of a message that was granted and on which the plugin fails. */
interface Fault {

  /**
   * Fails, or does not.
   *
   * @return whether the message may be sent after all
   */
  boolean strike(OutboundMessage message, OutcomeSink outcomes);

  /** Returns the fault of a mode, in a bundle. */
  static Fault of(Mode mode, Bundle bundle) {
    return switch (mode) {
      case HALF -> Fault::putOff;
      case THROW ->
          (message, outcomes) -> {
            throw new IllegalStateException("This plugin throws at every second message");
          };
      case HANG ->
          (message, outcomes) -> {
            Immortal.live();
            return true;
          };
      case VANISH -> vanishing(bundle, new AtomicBoolean());
      case GOOD, ACTIVATION, THREADS -> (message, outcomes) -> true;
    };
  }

  private static boolean putOff(OutboundMessage message, OutcomeSink outcomes) {
    Reply reply = new Reply(Stage.DATA, 451, "4.3.0", "This version fails at every second");
    outcomes.report(Outcome.of(message, Status.DEFERRED, reply, null));
    return false;
  }

  private static Fault vanishing(Bundle bundle, AtomicBoolean vanished) {
    return (message, outcomes) -> {
      if (vanished.compareAndSet(false, true)) {
        // Not by the sender itself: uninstalling waits until nobody is inside.
        new Thread(() -> uninstall(bundle), "faulty-vanishes").start();
      }
      return true;
    };
  }

  private static void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      throw new IllegalStateException("The plugin could not vanish", e);
    }
  }
}
