// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLine.Result;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be seen of a host by whoever is signed in to it. */
final class InsideChecks {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

  /** A line of df -P: device, blocks, used, free, percent, mount point. */
  private static final Pattern DISK =
      Pattern.compile("(?m)^\\S+\\s+\\d+\\s+\\d+\\s+-?\\d+\\s+(\\d+)%\\s+(/\\S*)$");

  private static final String OUTBOUND =
      """
      if command -v nc >/dev/null 2>&1; then
        nc -z -w 8 %1$s 25 >/dev/null 2>&1 </dev/null && echo open || echo shut
      elif command -v bash >/dev/null 2>&1 && command -v timeout >/dev/null 2>&1; then
        timeout 8 bash -c 'exec 3<>/dev/tcp/%1$s/25' >/dev/null 2>&1 && echo open || echo shut
      else
        echo none
      fi
      """;

  private final String target;
  private final int fullest;

  /**
   * Looks from the inside.
   *
   * @param target the server whose port 25 is to be reached, or empty
   * @param fullest how full a disk may be, in percent
   */
  InsideChecks(String target, int fullest) {
    if (!target.isEmpty() && !NAME.matcher(target).matches()) {
      throw new IllegalArgumentException("outbound.target takes a host name, not " + target);
    }
    this.target = target;
    this.fullest = fullest;
  }

  Finding disk(SshLine host) {
    return disk(host.run("LC_ALL=C df -P -l 2>/dev/null || LC_ALL=C df -P").output());
  }

  Finding disk(String said) {
    int most = -1;
    String where = "";
    Matcher line = DISK.matcher(said);
    while (line.find()) {
      int percent = Integer.parseInt(line.group(1));
      if (percent > most && !isFixed(line.group(2))) {
        most = percent;
        where = line.group(2);
      }
    }
    if (most < 0) {
      return Finding.unknown("no_figures", "df tells nothing of the host's disks");
    }
    String detail = "The fullest disk, %s, is %d %% full".formatted(where, most);
    if (most >= 100) {
      return Finding.failed("full", detail + "; make room, mail cannot be taken");
    }
    return most >= fullest
        ? Finding.warning("nearly_full", detail + "; make room")
        : Finding.ok("room", detail);
  }

  /** Images that packages are mounted from are always full. */
  private static boolean isFixed(String mount) {
    return mount.startsWith("/snap/");
  }

  Finding outbound(SshLine host) {
    if (target.isEmpty()) {
      return Finding.unknown("not_wanted", "The operator has named no server to try");
    }
    Result result = host.run(OUTBOUND.formatted(target));
    return switch (result.output().strip()) {
      case "open" -> Finding.ok("open", "The host reaches port 25 of others");
      case "shut" ->
          Finding.failed(
              "shut",
              "The host does not reach port 25 of %s; ask the provider to open it"
                  .formatted(target));
      default -> Finding.unknown("no_means", "The host has neither nc nor bash to try with");
    };
  }
}
