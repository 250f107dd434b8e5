// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Dovecot's submission server on a free port, with a configuration of its own in a folder that goes
 * with it. It takes access tokens about which it asks a token server, and relays to another server.
 */
final class DovecotSubmission implements AutoCloseable {

  private final int port;
  private final Path folder;
  private final Process process;

  /** Starts a server; without Dovecot the test ends here. */
  DovecotSubmission(String introspectionUrl, int relayPort) throws IOException {
    String program = Peers.require("dovecot").toString();
    folder = Files.createTempDirectory("dovecot");
    // Its parts run as other users.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    port = FreePorts.next();
    Path mail = Files.createDirectory(folder.resolve("mail"));
    Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path asking = Files.writeString(folder.resolve("oauth2.conf"), asking(introspectionUrl));
    Path configuration =
        Files.writeString(folder.resolve("dovecot.conf"), configuration(asking, relayPort));
    process =
        new ProcessBuilder(program, "-F", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    await().until(() -> !process.isAlive() || listens());
    if (!process.isAlive()) {
      throw new IOException("Dovecot ended: " + log());
    }
  }

  int port() {
    return port;
  }

  /** Returns what it wrote, for the message of a test that failed. */
  String log() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("out.log", "dovecot.log")) {
      Path file = folder.resolve(name);
      all.append(Files.exists(file) ? Files.readString(file) : "");
    }
    return all.toString();
  }

  private static String asking(String url) {
    return """
        introspection_mode = post
        introspection_url = %s
        username_attribute = username
        active_attribute = active
        active_value = true
        """
        .formatted(url);
  }

  private String configuration(Path asking, int relayPort) throws IOException {
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
        auth_mechanisms = xoauth2 oauthbearer
        auth_failure_delay = 0
        default_vsz_limit = 0
        submission_relay_host = 127.0.0.1
        submission_relay_port = %2$d
        passdb {
          driver = oauth2
          mechanisms = xoauth2 oauthbearer
          args = %3$s
        }
        userdb {
          driver = static
          args = uid=%4$s gid=%6$s home=%1$s/mail allow_all_users=yes
        }
        service submission-login {
          chroot =
          inet_listener submission {
            port = %5$d
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
            .formatted(folder, relayPort, asking, user, port, group)
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
  public void close() throws IOException, InterruptedException {
    Peers.end(process);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
