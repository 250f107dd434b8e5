// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.passwords;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Dovecot's submission server, which looks for passwords in two passwd-files of a folder. */
final class DovecotPasswords implements AutoCloseable {

  private final int port;
  private final Path folder;
  private final Process process;

  /** Starts a server in a folder that is empty yet; it relays to another server. */
  DovecotPasswords(Path folder, int relayPort) throws IOException {
    String program = Peers.require("dovecot").toString();
    this.folder = folder;
    // Its parts run as other users.
    for (Path path = folder; path.getNameCount() > 1; path = path.getParent()) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    port = FreePorts.next();
    Path mail = Files.createDirectory(folder.resolve("mail"));
    Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
    write(users(), "");
    write(graceUsers(), "");
    Path configuration =
        Files.writeString(folder.resolve("dovecot.conf"), configuration(relayPort));
    process =
        new ProcessBuilder(program, "-F", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    await().atMost(20, SECONDS).until(() -> !process.isAlive() || listens());
    if (!process.isAlive()) {
      throw new IOException("Dovecot ended: " + log());
    }
  }

  int port() {
    return port;
  }

  Path users() {
    return folder.resolve("users");
  }

  Path graceUsers() {
    return folder.resolve("users-grace");
  }

  void write(Path file, String lines) throws IOException {
    Files.writeString(file, lines);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  String log() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("out.log", "dovecot.log")) {
      Path file = folder.resolve(name);
      all.append(Files.exists(file) ? Files.readString(file) : "");
    }
    return all.toString();
  }

  private String configuration(int relayPort) throws IOException {
    boolean root = System.getProperty("user.name").equals("root");
    String user = root ? "nobody" : System.getProperty("user.name");
    String group = root ? "nogroup" : Files.getAttribute(folder, "unix:gid").toString();
    return """
        base_dir = %1$s/run
        state_dir = %1$s/state
        log_path = %1$s/dovecot.log
        mail_location = maildir:%1$s/mail
        protocols = submission
        listen = 127.0.0.1
        hostname = dovecot.example
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        auth_failure_delay = 0
        default_vsz_limit = 0
        submission_relay_host = 127.0.0.1
        submission_relay_port = %2$d
        passdb {
          driver = passwd-file
          args = %1$s/users
        }
        passdb {
          driver = passwd-file
          args = %1$s/users-grace
        }
        userdb {
          driver = static
          args = uid=%3$s gid=%5$s home=%1$s/mail allow_all_users=yes
        }
        service submission-login {
          chroot =
          inet_listener submission {
            port = %4$d
          }
        }
        service anvil {
          chroot =
          # Else each refusal makes the next one wait.
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        first_valid_uid = 1
        """
            .formatted(folder, relayPort, user, port, group)
        + (root ? "first_valid_gid = 1\n" : own(user));
  }

  /** A plain user can hand nothing to others. */
  private String own(String user) throws IOException {
    return """
        default_internal_user = %1$s
        default_login_user = %1$s
        default_internal_group = %2$s
        """
        .formatted(user, Files.getAttribute(folder, "posix:group"));
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    Peers.end(process);
  }
}
