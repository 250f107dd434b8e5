// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own below one folder, which one process holds at a time. It listens on
 * loopback only and asks for a password. It survives the death of this process and is then taken
 * over by the next one: stopped by its own process id and started anew.
 */
public final class EmbeddedServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
  private static final Duration CONTROL_PATIENCE = Duration.ofMinutes(5);
  private static final int ATTEMPTS = 10;

  private final FileChannel lockChannel;
  private final Cluster cluster;
  private final ServerSettings settings;
  private final String password;
  private volatile PostmasterPid running;

  private EmbeddedServer(
      FileChannel lockChannel, Cluster cluster, ServerSettings settings, String password) {
    this.lockChannel = lockChannel;
    this.cluster = cluster;
    this.settings = settings;
    this.password = password;
  }

  /**
   * Starts the server of a folder, which is made where it does not exist.
   *
   * @throws ServerException where that is not possible, with the reason
   */
  public static EmbeddedServer start(Path folder, Path home, ServerSettings settings) {
    Path base = Folders.passable(folder.toAbsolutePath().normalize());
    FileChannel lock = lock(base);
    try {
      Path secrets = Folders.closed(base.resolve("secrets"));
      String password = PasswordFile.readOrMake(secrets.resolve("superuser"));
      Path programs = home.resolve("bin");
      Cluster cluster = new Cluster(base.resolve("data"), programs, ServerUser.choose(programs));
      boolean durable = "on".equals(settings.values().get("fsync"));
      cluster.ensure(password, durable);
      EmbeddedServer server = new EmbeddedServer(lock, cluster, settings, password);
      server.stopLeftover();
      server.launch();
      return server;
    } catch (IOException e) {
      close(lock);
      throw new ServerException("PostgreSQL cannot be started below " + base + ": " + e, e);
    } catch (RuntimeException e) {
      close(lock);
      throw e;
    }
  }

  private static FileChannel lock(Path base) {
    Path file = base.resolve("lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new OverlappingFileLockException();
      }
      return channel;
    } catch (OverlappingFileLockException e) {
      close(channel);
      throw new ServerException("Another process uses the database below " + base, e);
    } catch (IOException e) {
      close(channel);
      throw new ServerException("The folder " + base + " cannot be locked: " + e, e);
    }
  }

  /**
   * Stops a server that outlived the process which started it, and leaves it stopped.
   *
   * @throws ServerException where that process still lives
   */
  public static void stopLeftover(Path folder) throws IOException {
    FileChannel lock = lock(folder);
    try {
      Optional<PostmasterPid> left = PostmasterPid.read(folder.resolve("data"));
      if (left.isPresent() && left.get().serves(folder.resolve("data"))) {
        left.get().stop(folder.resolve("data"), CONTROL_PATIENCE);
      }
    } finally {
      close(lock);
    }
  }

  /** Only our lock makes it safe to stop what was left over. */
  private void stopLeftover() throws IOException {
    Optional<PostmasterPid> left = PostmasterPid.read(cluster.folder());
    if (left.isPresent() && left.get().serves(cluster.folder())) {
      LOG.info("Stopping the database server {} of a process that died", left.get().pid());
      left.get().stop(cluster.folder(), CONTROL_PATIENCE);
    }
    clearStale();
  }

  /** Removes the file of a dead server, whose number a stranger may bear by now. */
  private void clearStale() throws IOException {
    Optional<PostmasterPid> left = PostmasterPid.read(cluster.folder());
    if (left.isEmpty() || !left.get().serves(cluster.folder())) {
      PostmasterPid.remove(cluster.folder());
    }
  }

  private void launch() throws IOException {
    int port = preferredPort();
    Command.Result result = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      cluster.configure(settings, port);
      result = control("start", "-l", cluster.folder().resolve("start.log").toString());
      Optional<PostmasterPid> pid = PostmasterPid.read(cluster.folder());
      if (pid.isPresent() && pid.get().serves(cluster.folder())) {
        running = pid.get();
        Files.writeString(portFile(), Integer.toString(port));
        LOG.info("The database server {} listens on 127.0.0.1:{}", running.pid(), running.port());
        return;
      }
      clearStale();
      port = freePort();
      Pause.millis(200);
    }
    throw new ServerException("PostgreSQL does not start: " + result.output() + "\n" + lastWords());
  }

  private Command.Result control(String action, String... options) {
    List<String> words =
        new ArrayList<>(cluster.user().words(cluster.programs().resolve("pg_ctl"), action));
    words.addAll(List.of("-D", cluster.folder().toString(), "-w"));
    words.add("-t" + CONTROL_PATIENCE.minusSeconds(10).toSeconds());
    words.addAll(List.of(options));
    return Command.run(words, CONTROL_PATIENCE);
  }

  private Path portFile() {
    return cluster.folder().resolveSibling("port");
  }

  /**
   * Returns the port of the last start if it is still free, so that tools find the server again.
   */
  private int preferredPort() throws IOException {
    if (Files.exists(portFile())) {
      try {
        int port = Integer.parseInt(Files.readString(portFile()).trim());
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        return port;
      } catch (IOException | IllegalArgumentException e) {
        LOG.info("The database server's former port is taken: {}", e.getMessage());
      }
    }
    return freePort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String lastWords() throws IOException {
    Path log = cluster.folder().resolve("start.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** Starts the server again if it died; returns whether it had. */
  public synchronized boolean revive() {
    if (running.serves(cluster.folder())) {
      return false;
    }
    LOG.error("The database server {} died; it is started again", running.pid());
    try {
      clearStale();
      launch();
      return true;
    } catch (IOException e) {
      throw new ServerException("PostgreSQL cannot be started again: " + e, e);
    }
  }

  /** Returns the port on loopback, which may change when the server is revived. */
  public int port() {
    return running.port();
  }

  /** Returns the server's process id. */
  public long pid() {
    return running.pid();
  }

  /** Returns the name of the superuser. */
  public String superuser() {
    return Cluster.SUPERUSER;
  }

  /** Returns the superuser's password. */
  public String password() {
    return password;
  }

  /** Stops the server: open transactions are rolled back, what was committed is kept. */
  @Override
  public synchronized void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (running.serves(cluster.folder())) {
        running.stop(cluster.folder(), CONTROL_PATIENCE);
      }
    } catch (IOException e) {
      LOG.warn("The database server {} was not stopped", running.pid(), e);
    } finally {
      close(lockChannel);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("The lock was gone already", e);
    }
  }
}
