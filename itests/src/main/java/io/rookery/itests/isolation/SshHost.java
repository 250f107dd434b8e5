// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.config.keys.AuthorizedKeysAuthenticator;
import org.apache.sshd.server.shell.InvertedShellWrapper;
import org.apache.sshd.server.shell.ProcessShell;

/**
 * An SSH server on this machine for whatever account is asked for, each with a home of its own. A
 * password lets in, and so do the keys that stand in that home.
 */
public final class SshHost {

  /** The password of every account. */
  public static final String PASSWORD = "used once, kept nowhere";

  private static SshHost running;

  private final SshServer server = SshServer.setUpDefaultServer();
  private final AtomicInteger made = new AtomicInteger();
  private final Path homes;
  private final String fingerprint;

  private SshHost() throws IOException, GeneralSecurityException {
    homes = Files.createTempDirectory("ssh-homes");
    homes.toFile().deleteOnExit();
    KeyPair key = KeyUtils.generateKeyPair("ssh-rsa", 2048);
    fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator((user, password, session) -> password.equals(PASSWORD));
    server.setPublickeyAuthenticator(
        (user, offered, session) ->
            new AuthorizedKeysAuthenticator(home(user).resolve(".ssh/authorized_keys"))
                .authenticate(user, offered, session));
    server.setCommandFactory((channel, command) -> shell(channel.getSession().getUsername()));
    server.start();
  }

  private Command shell(String user) throws IOException {
    Files.createDirectories(home(user));
    return new InvertedShellWrapper(
        new ProcessShell("/usr/bin/env", "HOME=" + home(user), "/bin/sh", "-s"));
  }

  private Path home(String user) {
    return homes.resolve(user.replaceAll("[^a-z0-9-]", "_"));
  }

  /** Returns the server, which runs until the process ends. */
  public static synchronized SshHost get() throws IOException, GeneralSecurityException {
    if (running == null) {
      running = new SshHost();
    }
    return running;
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Returns its host key's fingerprint. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Returns what registers it once more. */
  Map<String, Object> data() {
    String name = "host " + made.incrementAndGet();
    return Rest.object(
        "name", name, "address", "127.0.0.1", "port", port(), "fingerprint", fingerprint);
  }

  /** Returns what has a key put on it, for an account of its own. */
  Map<String, Object> keyData() {
    String user = "user-" + made.incrementAndGet();
    return Rest.object("role", "admin", "user", user, "password", PASSWORD);
  }

  /** Registers it and has a key put on it; returns the ids of both. */
  List<String> installed(Rest rest) throws IOException, InterruptedException {
    String host = rest.post("hosts", data()).path("id").asText();
    return List.of(host, rest.post("hosts/" + host + "/keys", keyData()).path("id").asText());
  }
}
