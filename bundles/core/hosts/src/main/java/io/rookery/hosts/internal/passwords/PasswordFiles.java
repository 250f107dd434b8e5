// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import io.rookery.api.hosts.MailPassword;
import io.rookery.hosts.internal.ssh.SshLine;
import io.rookery.hosts.internal.ssh.SshLine.Result;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Brings one user's lines in Dovecot's passwd-files (doc.dovecot.org, Passwd-file) to a state. All
 * other lines and the other fields of the line stay as they are, and so do the file's owner and
 * mode. A file is written anew beside the old one, synced and put in its place in one step, under a
 * lock of its folder.
 */
final class PasswordFiles {

  private static final String DONE = "rookery-done";
  private static final Pattern HASH = Pattern.compile("\\{SSHA512\\}[A-Za-z0-9+/=]{96}");

  /**
   * POSIX shell (IEEE Std 1003.1), but for flock, mktemp, stat and the file that sync takes where
   * it can. Dovecot 2.3 looks once a second whether a file has changed, by its size and its second
   * of change: a new file must not have the old one's second, and is known a second later.
   */
  private static final String HEAD =
      """
      set -eu
      umask 077
      LC_ALL=C
      export LC_ALL
      fail() { echo "rookery-$1" >&2; exit 65; }
      command -v flock >/dev/null 2>&1 || fail flock
      new=
      changed=
      trap '[ -z "$new" ] || rm -f "$new"' EXIT
      begin() {
        [ ! -h "$1" ] || fail link
        [ -f "$1" ] || fail missing
        new=$(mktemp "$1.rookery.XXXXXXXX")
        cp -p "$1" "$new"
        [ "$(ls -ln "$1" | awk '{print $1, $3, $4}')" = \\
          "$(ls -ln "$new" | awk '{print $1, $3, $4}')" ] || fail owner
      }
      finish() {
        while [ "$(stat -c %Y "$new")" = "$(stat -c %Y "$1")" ]; do
          sleep 0.2 2>/dev/null || sleep 1
          touch "$new"
        done
        sync "$new" 2>/dev/null || sync
        mv -f "$new" "$1"
        new=
        changed=1
        sync "$(dirname "$1")" 2>/dev/null || sync
      }
      tail_of() {
        awk 'BEGIN { u = ENVIRON["ROOKERY_USER"] }
          { i = index($0, ":"); if (i && substr($0, 1, i - 1) == u) {
              rest = substr($0, i + 1); j = index(rest, ":"); n++
              if (j) print substr(rest, j); else print "" } }
          END { exit n == 1 ? 0 : 1 }' "$1" || fail user
      }
      others() {
        awk 'BEGIN { u = ENVIRON["ROOKERY_USER"] }
          { i = index($0, ":"); if (!(i && substr($0, 1, i - 1) == u)) print }' "$1"
      }
      """;

  static final String SET =
      """
      tail=$(tail_of '%1$s')
      begin '%1$s'
      awk 'BEGIN { u = ENVIRON["ROOKERY_USER"]; h = ENVIRON["ROOKERY_HASH"] }
        { i = index($0, ":"); if (i && substr($0, 1, i - 1) == u) {
            rest = substr($0, i + 1); j = index(rest, ":")
            print u ":" h (j ? substr(rest, j) : "") } else print }' '%1$s' >"$new"
      finish '%1$s'
      """;

  static final String ADD =
      """
      tail=$(tail_of '%1$s')
      begin '%2$s'
      others '%2$s' >"$new"
      printf '%%s\\n' "$ROOKERY_USER:$ROOKERY_HASH$tail" >>"$new"
      finish '%2$s'
      """;

  private static final String DROP =
      """
      tail=$(tail_of '%1$s')
      if [ "$(others '%2$s' | wc -l)" -ne "$(wc -l <'%2$s')" ]; then
        begin '%2$s'
        others '%2$s' >"$new"
        finish '%2$s'
      fi
      """;

  static final String RESTORE =
      """
      if awk 'BEGIN { u = ENVIRON["ROOKERY_USER"]; p = ENVIRON["ROOKERY_PUT"] }
        { i = index($0, ":"); if (i && substr($0, 1, i - 1) == u) {
            rest = substr($0, i + 1); j = index(rest, ":")
            if ((j ? substr(rest, 1, j - 1) : rest) == p) found = 1 } }
        END { exit found ? 0 : 1 }' '%1$s'; then
      """
          + SET
          + "fi\n";

  private PasswordFiles() {}

  /**
   * Password fields of lines.
   *
   * @param wanted what is to stand there, or null
   * @param put what has to stand there already, or null for whatever it may be
   */
  record Hashes(String wanted, String put) {

    private static boolean isOne(String hash) {
      return hash == null || HASH.matcher(hash).matches();
    }

    private static String orNone(String hash) {
      return hash == null ? "" : hash;
    }
  }

  /** Has a second password work beside that of the user's own line. */
  static void add(SshLine host, MailPassword where, String hash) {
    run(host, where, new Hashes(hash, null), ADD);
  }

  /** Has the user's own line say a password and no second one work. */
  static void settle(SshLine host, MailPassword where, String hash) {
    String work = where.graceFile() == null ? SET : SET + DROP;
    run(host, where, new Hashes(hash, null), work);
  }

  /** Has the user's own line say a password where it still says what a rotation put there. */
  static void restore(SshLine host, MailPassword where, Hashes hashes) {
    run(host, where, hashes, RESTORE);
  }

  /** Has no second password work. */
  static void drop(SshLine host, MailPassword where) {
    run(host, where, new Hashes(null, null), DROP);
  }

  private static void run(SshLine host, MailPassword where, Hashes hashes, String work) {
    Result result = host.run(script(where, hashes, work));
    if (result.status() != 0 || !result.output().endsWith(DONE + "\n")) {
      throw PasswordFailures.of(where, result.errors().toLowerCase(Locale.ROOT));
    }
  }

  static String script(MailPassword where, Hashes hashes, String work) {
    if (!PasswordRules.isUser(where.user())
        || !PasswordRules.isFile(where.file())
        || (where.graceFile() != null && !PasswordRules.isFile(where.graceFile()))
        || !Hashes.isOne(hashes.wanted())
        || !Hashes.isOne(hashes.put())) {
      throw new IllegalArgumentException("Not what may stand in a passwd-file");
    }
    return HEAD
        + """
        ROOKERY_USER='%s'
        ROOKERY_HASH='%s'
        ROOKERY_PUT='%s'
        export ROOKERY_USER ROOKERY_HASH ROOKERY_PUT
        exec 9<'%s' || fail missing
        flock -x -w 20 9 || fail busy
        [ -f '%s' ] || fail missing
        """
            .formatted(
                where.user(),
                Hashes.orNone(hashes.wanted()),
                Hashes.orNone(hashes.put()),
                PasswordRules.folder(where.file()),
                where.file())
        + work.formatted(where.file(), where.graceFile())
        + "[ -z \"$changed\" ] || sleep 1\necho "
        + DONE
        + "\n";
  }
}
