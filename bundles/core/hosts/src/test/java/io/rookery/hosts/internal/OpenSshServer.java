// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.rookery.testkit.peers.FreePorts;
import io.rookery.testkit.peers.Peers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenSSH's server on a port of this machine, for the account of the test and a home of its own.
 */
public final class OpenSshServer implements AutoCloseable {

  private final Path folder;
  private final int port;
  private Process process;

  private OpenSshServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Starts a server; it keeps all its files in a folder that is empty yet. */
  public static OpenSshServer start(Path folder) throws Exception {
    Peers.require("sshd");
    OpenSshServer server = new OpenSshServer(folder, FreePorts.next());
    Files.createDirectories(server.home().resolve(".ssh"));
    server.mode(server.home().resolve(".ssh"), "rwx------");
    server.makeKey("host_ed25519", "ed25519");
    server.makeKey("host_rsa", "rsa");
    server.begin();
    return server;
  }

  /** Makes a key pair in the folder, as the host's owner would. */
  public Path makeKey(String name, String type) throws Exception {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    List<String> command =
        new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-f", file.toString()));
    if (type.equals("rsa")) {
      command.addAll(List.of("-b", "2048"));
    }
    run(command.toArray(String[]::new));
    return file;
  }

  /** Starts it, again where it has been stopped. */
  public void begin() throws Exception {
    if (System.getProperty("user.name").equals("root")) {
      Files.createDirectories(Path.of("/run/sshd")); // Where it shuts itself in.
    }
    Path configuration = folder.resolve("sshd_config");
    Files.writeString(
        configuration,
        """
        ListenAddress 127.0.0.1
        Port %d
        HostKey %s
        HostKey %s
        PidFile none
        UsePAM no
        StrictModes no
        PasswordAuthentication no
        PermitRootLogin yes
        MaxStartups 100
        AuthorizedKeysFile %s/.ssh/authorized_keys
        SetEnv HOME=%s
        """
            .formatted(
                port, folder.resolve("host_ed25519"), folder.resolve("host_rsa"), home(), home()));
    process =
        new ProcessBuilder(
                Peers.require("sshd").toString(), "-D", "-e", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("sshd.log").toFile())
            .start();
    await().atMost(20, SECONDS).ignoreExceptions().until(this::answers);
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() == 'S';
    }
  }

  public int port() {
    return port;
  }

  /** Returns the home of the account that is signed in to. */
  public Path home() {
    return folder.resolve("home");
  }

  public Path authorizedKeys() {
    return home().resolve(".ssh/authorized_keys");
  }

  /** Returns the account that is signed in to. */
  public static String user() {
    return System.getProperty("user.name");
  }

  /** Lets a key in, as the host's owner would. */
  public void admit(Path key) throws IOException {
    String line = Files.readString(Path.of(key + ".pub"));
    Files.writeString(authorizedKeys(), line);
    mode(authorizedKeys(), "rw-------");
  }

  /** Returns a host key's fingerprint as ssh-keygen prints it. */
  public String fingerprint(String name) throws Exception {
    return run("ssh-keygen", "-l", "-f", folder.resolve(name + ".pub").toString()).split(" ")[1];
  }

  /** Stops it and lets it have other host keys. */
  public void reinstall() throws Exception {
    stop();
    makeKey("host_ed25519", "ed25519");
    makeKey("host_rsa", "rsa");
    begin();
  }

  private void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(List.of(command) + ": " + said);
    }
    return said;
  }

  /** Ends it and every connection. */
  public void stop() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws Exception {
    stop();
  }
}
