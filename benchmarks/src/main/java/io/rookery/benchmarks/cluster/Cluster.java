// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import io.rookery.itests.running.RunningRookery;
import io.rookery.persistence.internal.server.Folders;
import io.rookery.persistence.internal.server.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Nodes on one database, in a folder that is removed at the end. Either one node with its own
 * database server, as an installation without any configuration has it, or nodes on a server beside
 * them, each with a way to it that can be cut.
 */
public final class Cluster implements AutoCloseable {

  private static final int CONNECTIONS = 60;

  private final Path folder;
  private final List<Node> nodes = new ArrayList<>();
  private final Thread abandon = new Thread(this::abandon);
  private DatabaseServer database;

  private Cluster(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(abandon);
  }

  /** Starts one node that runs its own database server. */
  public static Cluster alone(Path distribution) throws IOException, InterruptedException {
    Cluster cluster = new Cluster(folder());
    try {
      Path home = cluster.folder.resolve("node1");
      Node node = new Node("node1", RunningRookery.unpack(distribution, home), null);
      cluster.nodes.add(node);
      cluster.database = new InsideDatabase(home);
      node.start();
      return cluster;
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts a database server and a number of nodes on it, one after the other. */
  public static Cluster shared(Path distribution, int count)
      throws IOException, InterruptedException, SQLException {
    Cluster cluster = new Cluster(folder());
    try {
      Path owner = cluster.password("owner");
      PasswordFile.readOrMake(owner);
      cluster.database =
          OutsideDatabase.start(
              cluster.folder.resolve("postgres"), owner, CONNECTIONS * count + 20);
      for (int i = 0; i < count; i++) {
        cluster.add(distribution).start();
      }
      return cluster;
    } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static Path folder() throws IOException {
    Path folder = Files.createTempDirectory("rookery-cluster-");
    // The database server may run as another user and has to reach its files.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return folder;
  }

  private Path password(String role) {
    return Folders.closed(folder.resolve("passwords")).resolve(role);
  }

  /** Unpacks one more node for the shared database; it is not started yet. */
  public Node add(Path distribution) throws IOException {
    String name = "node" + (nodes.size() + 1);
    TcpProxy way = TcpProxy.to(database::port);
    for (String role : List.of("app", "system")) {
      PasswordFile.readOrMake(password(role));
    }
    RunningRookery rookery =
        RunningRookery.unpack(distribution, folder.resolve(name))
            .with(
                "io.rookery.persistence.cfg",
                Map.of(
                    "url",
                    "jdbc:postgresql://127.0.0.1:" + way.port() + "/rookery",
                    "owner.password.file",
                    password("owner").toString(),
                    "app.password.file",
                    password("app").toString(),
                    "system.password.file",
                    password("system").toString()))
            .with(
                "io.rookery.secrets.embedded.cfg",
                Map.of("master_key_file", folder.resolve("keys/master.key").toString()));
    Node node = new Node(name, rookery, way);
    nodes.add(node);
    return node;
  }

  /** Returns the nodes, running or not. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns a node, counted from 0. */
  public Node node(int index) {
    return nodes.get(index);
  }

  /** Returns the database server. */
  public DatabaseServer database() {
    return database;
  }

  /** Returns the name of a file of the run, which is removed with the cluster. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** Stops everything and removes the folder. */
  @Override
  public void close() throws InterruptedException, IOException {
    Runtime.getRuntime().removeShutdownHook(abandon);
    try {
      for (Node node : nodes) {
        node.close();
      }
    } finally {
      if (database != null) {
        database.close();
      }
      Folders.delete(folder);
    }
  }

  /** Leaves no process and no file behind where the harness is broken off. */
  private void abandon() {
    try {
      for (Node node : nodes) {
        node.rookery().kill();
      }
      if (database != null) {
        database.close();
      }
      Folders.delete(folder);
    } catch (IOException e) {
      // A node that is just dying still writes.
    }
  }
}
