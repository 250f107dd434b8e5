// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostErrors;
import io.rookery.hosts.internal.ssh.SshDoor;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLogin;
import io.rookery.hosts.internal.ssh.SshTarget;
import io.rookery.kernel.RookeryException;
import java.util.List;

/** What is done on a host for a key. Everything may be done again. */
final class KeyOnHost {

  private static final String NOT_TAKEN =
      "The host does not take the new key, though it stands in ~/.ssh/authorized_keys. Look at"
          + " PubkeyAuthentication, AuthorizedKeysFile and AllowUsers of its sshd_config and at who"
          + " may write to the account's home; what worked before goes on working";
  private static final String STILL_TAKEN =
      "The host still lets in a key that was taken off ~/.ssh/authorized_keys. Look for it in the"
          + " other files that AuthorizedKeysFile and AuthorizedKeysCommand of its sshd_config name";

  private final SshDoor door;

  KeyOnHost(SshDoor door) {
    this.door = door;
  }

  /** Has the account let in these of our keys and no others of ours. */
  void keep(Host host, SshLogin login, String marker, List<String> publicKeys) {
    try (SshLine line = door.signIn(SshTarget.of(host), login)) {
      AuthorizedKeys.keep(line, marker, publicKeys);
    }
  }

  /** Signs in by a key that was just put there. */
  void verify(Host host, SshLogin login) {
    try (SshLine line = door.signIn(SshTarget.of(host), login)) {
      if (line.run("exit 0").status() != 0) {
        throw new RookeryException(HostErrors.COMMAND_FAILED, NOT_TAKEN);
      }
    } catch (RookeryException e) {
      throw e.code().equals(HostErrors.LOGIN_REFUSED)
          ? new RookeryException(HostErrors.LOGIN_REFUSED, NOT_TAKEN, e)
          : e;
    }
  }

  /** Makes sure that a key is not taken any more. */
  void refused(Host host, SshLogin login) {
    if (takes(host, login)) {
      throw new RookeryException(HostErrors.COMMAND_FAILED, STILL_TAKEN);
    }
  }

  private boolean takes(Host host, SshLogin login) {
    try (SshLine line = door.signIn(SshTarget.of(host), login)) {
      return line != null;
    } catch (RookeryException e) {
      if (e.code().equals(HostErrors.LOGIN_REFUSED)) {
        return false;
      }
      throw e;
    }
  }
}
