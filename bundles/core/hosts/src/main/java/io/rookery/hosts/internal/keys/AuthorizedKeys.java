// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.HostErrors;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLine.Result;
import io.rookery.kernel.RookeryException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Our lines in the file of the keys that an account lets in, {@code ~/.ssh/authorized_keys} of
 * sshd(8). They are told by their comment; those of others stay as they are. The file is written
 * anew beside the old one, synced and put in its place in one step, so that whatever happens on the
 * way one whole file is there. Where the host has {@code flock}, a lock of the folder keeps those
 * apart who write for the same account.
 */
final class AuthorizedKeys {

  private static final String DONE = "rookery-done";
  private static final Pattern LINE = Pattern.compile("[a-z0-9@.-]+ [A-Za-z0-9+/=]+");
  private static final Pattern MARKER = Pattern.compile("rookery-[0-9a-f-]{36}-(admin|tenant)");

  /**
   * POSIX shell (IEEE Std 1003.1) but for flock, mktemp and the file that sync takes where it can.
   */
  private static final String SCRIPT =
      """
      set -eu
      umask 077
      LC_ALL=C
      export LC_ALL
      cd "${HOME:?the account has no home}"
      if [ -h .ssh/authorized_keys ]; then
        echo 'rookery-link' >&2
        exit 65
      fi
      mkdir -p .ssh
      chmod 700 .ssh
      if command -v flock >/dev/null 2>&1; then
        exec 9<.ssh
        flock -x -w 20 9 || { echo 'rookery-busy' >&2; exit 65; }
      fi
      new=$(mktemp .ssh/.rookery.XXXXXXXX)
      trap 'rm -f "$new"' EXIT
      kept=0
      if [ -e .ssh/authorized_keys ]; then
        grep -v ' %1$s$' .ssh/authorized_keys >"$new" || [ $? -eq 1 ]
        kept=$(wc -l <"$new")
      fi
      %2$s
      [ "$(wc -l <"$new")" -eq $((kept + %3$d)) ]
      chmod 600 "$new"
      sync "$new" 2>/dev/null || sync
      mv -f "$new" .ssh/authorized_keys
      trap - EXIT
      sync .ssh 2>/dev/null || sync
      echo %4$s
      """;

  private AuthorizedKeys() {}

  /**
   * Has the account let in these keys of ours and no others of ours. Doing it again changes
   * nothing.
   *
   * @param marker the comment of our lines
   */
  static void keep(SshLine host, String marker, List<String> publicKeys) {
    Result result = host.run(script(marker, publicKeys));
    if (result.status() != 0 || !result.output().endsWith(DONE + "\n")) {
      throw failure(result);
    }
  }

  static String script(String marker, List<String> publicKeys) {
    if (!MARKER.matcher(marker).matches()
        || !publicKeys.stream().allMatch(key -> LINE.matcher(key).matches())) {
      throw new IllegalArgumentException("Not what may stand in authorized_keys");
    }
    StringBuilder lines = new StringBuilder();
    publicKeys.forEach(key -> lines.append("echo '%s %s' >>\"$new\"\n".formatted(key, marker)));
    return SCRIPT.formatted(marker, lines, publicKeys.size(), DONE);
  }

  private static RookeryException failure(Result result) {
    String said = result.errors().toLowerCase(Locale.ROOT);
    if (said.contains("no space left") || said.contains("quota exceeded")) {
      return new RookeryException(
          HostErrors.DISK_FULL,
          "The host's disk has no room for authorized_keys; the file there is as it was. Make room, such as by journalctl --vacuum-size=100M or apt-get clean, look at df -h and df -i, and ask again");
    }
    if (said.contains("rookery-link")) {
      return failed("~/.ssh/authorized_keys is a link there; put a file in its place");
    }
    if (said.contains("rookery-busy")) {
      return failed("somebody else holds the lock of ~/.ssh there");
    }
    if (said.contains("read-only")) {
      return failed("the account's home cannot be written to, as its file system is read-only");
    }
    if (said.contains("permission denied") || said.contains("not permitted")) {
      return failed(
          "the account may not write to ~/.ssh/authorized_keys; look at its owner and mode");
    }
    return failed("the account has no POSIX shell and home to work with, or the shell was ended");
  }

  private static RookeryException failed(String why) {
    return new RookeryException(
        HostErrors.COMMAND_FAILED, "authorized_keys was left as it was: " + why);
  }
}
