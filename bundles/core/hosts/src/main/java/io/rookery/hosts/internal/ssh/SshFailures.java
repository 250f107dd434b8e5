// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.HostKey;
import io.rookery.kernel.RookeryException;
import io.rookery.spi.plugin.EgressRefusedException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Says why a host was not reached, and what to do. What a peer said is left to the log. What kept
 * the platform itself from reaching it is told apart: it says nothing about the host.
 */
final class SshFailures {

  static final String LOGIN =
      "The host does not take the credential. Check the user name, that the account may sign in by"
          + " SSH this way, and that its keys are still in place";

  private SshFailures() {}

  static RookeryException of(SshTarget target, IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EgressRefusedException) {
        return new RookeryException(HostErrors.REFUSED, cause.getMessage(), e);
      }
      if (cause instanceof UnknownHostException) {
        return unreachable("The name %s has no address; check it".formatted(target.address()), e);
      }
      if (cause instanceof RejectedExecutionException) {
        return RookeryException.unavailable(
            "Too many hosts are being talked to now", Duration.ofSeconds(5), e);
      }
      if (isInterrupt(cause)) {
        Thread.currentThread().interrupt();
        return RookeryException.unavailable(
            "The platform broke off before the host was heard", Duration.ofSeconds(5), e);
      }
    }
    return unreachable(
        "No SSH server answers at %s, port %d. Check that the host runs, that its firewall lets this platform in, and the address; nothing was changed, and asking again does no harm"
            .formatted(target.address(), target.port()),
        e);
  }

  private static boolean isInterrupt(Throwable cause) {
    // A time-out is of the same family, though nobody was interrupted.
    return cause instanceof InterruptedException
        || (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException));
  }

  private static RookeryException unreachable(String detail, IOException e) {
    return new RookeryException(HostErrors.UNREACHABLE, detail, e);
  }

  static RookeryException changed(SshTarget target, HostKey shown) {
    return new RookeryException(
        HostErrors.KEY_CHANGED,
        "The host shows the key %s, not the pinned %s; no credential was sent to it. Ask who runs it whether it was set up anew. Only if so, pin the new key; if not, somebody may be in between"
            .formatted(shown.fingerprint(), target.pinned().fingerprint()));
  }
}
