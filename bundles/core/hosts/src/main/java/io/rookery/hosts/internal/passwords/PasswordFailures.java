// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.HostErrors;
import io.rookery.api.hosts.MailPassword;
import io.rookery.kernel.RookeryException;

/** Says why a password was not written on its host, and what to do. */
final class PasswordFailures {

  private PasswordFailures() {}

  /** Tells by what our script or the host's tools said, in lower case. */
  static RookeryException of(MailPassword where, String said) {
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return new RookeryException(
          HostErrors.DISK_FULL,
          "The host's disk has no room beside %s; the file is as it was. Make room and ask again"
              .formatted(where.file()));
    }
    return new RookeryException(
        HostErrors.COMMAND_FAILED, "The password's file was left as it was: " + why(where, said));
  }

  private static String why(MailPassword where, String said) {
    if (said.contains("rookery-user")) {
      return "%s has not exactly one line of the user %s".formatted(where.file(), where.user());
    } else if (said.contains("rookery-link")) {
      return "a path is a link there; name the file itself";
    } else if (said.contains("rookery-missing")) {
      return where.graceFile() == null
          ? where.file() + " is not there"
          : "%s or %s is not there".formatted(where.file(), where.graceFile());
    } else if (said.contains("rookery-owner")) {
      return "the account cannot keep the file's owner and group; sign in by its owner or by root";
    } else if (said.contains("rookery-busy")) {
      return "somebody else holds the lock of its folder";
    } else if (said.contains("rookery-flock")) {
      return "the host has no flock command; install util-linux";
    } else if (said.contains("read-only")) {
      return "the file system is read-only";
    } else if (said.contains("permission denied") || said.contains("not permitted")) {
      return "the account may not write to its folder; look at the folder's owner and mode";
    }
    return "the account has no POSIX shell to work with, or the shell was ended";
  }
}
