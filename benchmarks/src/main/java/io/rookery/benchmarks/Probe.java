// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.cluster.Cluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a node holds at a moment.
 *
 * @param seconds since the beginning
 * @param messages taken by the sink so far
 * @param heap bytes of heap that live objects take, nothing that was made since they were counted
 * @param threads threads of the process
 * @param files open files and connections of the process
 * @param database the database's size in bytes
 */
record Probe(
    long seconds, long messages, double heap, double threads, double files, double database) {

  private static final Pattern USED = Pattern.compile("Total +\\d+ +(\\d+)");

  static Probe of(long seconds, Cluster cluster, long messages)
      throws IOException, InterruptedException, SQLException {
    long pid = cluster.node(0).rookery().pid();
    // Collects the garbage before it counts.
    Matcher used = USED.matcher(jcmd(pid, "GC.class_histogram"));
    if (!used.find()) {
      throw new IOException("The JVM does not tell its heap");
    }
    return new Probe(
        seconds,
        messages,
        Long.parseLong(used.group(1)),
        count(Path.of("/proc/" + pid + "/task")),
        count(Path.of("/proc/" + pid + "/fd")),
        size(cluster));
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("jcmd failed: " + output);
    }
    return output;
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }

  private static long size(Cluster cluster) throws SQLException {
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_database_size(current_database())")) {
      row.next();
      return row.getLong(1);
    }
  }
}
