// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a secret could have been left. Remembers what was found, by place. */
final class Places {

  private static final String TABLES =
      """
      select format('select * from %I.%I', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
        and n.nspname not like 'pg_toast%' and n.nspname not like 'pg_temp%'
      order by 1\
      """;
  private static final List<String> SERVER =
      List.of(
          "select * from pg_stat_activity",
          "select * from pg_prepared_statements",
          "select * from pg_settings",
          "select * from pg_description");

  /** Where a sandbox keeps the mails that it caught: its table, and the files of that. */
  private static final Pattern MAILS =
      Pattern.compile("table tenant\\.plugin_\\w+\\.\\w+|data/postgres/data/(base|pg_wal)/.*");

  private final Finder finder;
  private final Map<String, Set<String>> found = new TreeMap<>();
  private long octets;
  private int places;

  Places(Finder finder) {
    this.finder = finder;
  }

  /** Returns what was found, by where. */
  Map<String, Set<String>> found() {
    return found;
  }

  /** Returns how many places were searched. */
  int places() {
    return places;
  }

  /** Returns how much was searched. */
  long octets() {
    return octets;
  }

  private void note(String place, Set<String> marks) {
    Set<String> hits =
        MAILS.matcher(place).matches()
            ? marks.stream().filter(mark -> !mark.startsWith(Mark.MAILED)).collect(toSet())
            : marks;
    if (!hits.isEmpty()) {
      found.computeIfAbsent(place, none -> new TreeSet<>()).addAll(hits);
    }
  }

  private void look(String place, byte[] text) {
    octets += text.length;
    note(place, finder.in(text));
  }

  /** Every answer, without the secrets that it was to show this once. */
  void answers(List<Talk.Answer> answers) {
    for (Talk.Answer answer : answers) {
      places++;
      String path = answer.to().path().replaceFirst("[?].*", "?…");
      look(
          "answer %d to %s %s".formatted(answer.status(), answer.to().method(), path),
          answer.told().getBytes(UTF_8));
    }
  }

  /** Every file below a folder: logs, settings, histories, and the database's own files. */
  void files(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.filter(Files::isRegularFile).toList();
    }
    for (Path file : all) {
      places++;
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        octets += Files.size(file);
        note(folder.relativize(file).toString(), finder.in(in));
      } catch (NoSuchFileException e) {
        // Gone meanwhile, as a database's files go.
      }
    }
  }

  /** Every row of every table, and what the server tells of itself. */
  void database(Connection connection) throws SQLException {
    List<String> queries = new ArrayList<>(SERVER);
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      while (tables.next()) {
        queries.add(tables.getString(1));
      }
    }
    for (String query : queries) {
      places++;
      rows(connection, query);
    }
  }

  private void rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      ResultSetMetaData columns = rows.getMetaData();
      while (rows.next()) {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          boolean binary = columns.getColumnTypeName(i).equals("bytea");
          String text = binary ? null : rows.getString(i);
          byte[] value = binary ? rows.getBytes(i) : text == null ? null : text.getBytes(UTF_8);
          if (value != null) {
            look(query.replace("select * from ", "table ") + "." + columns.getColumnName(i), value);
          }
        }
      }
    }
  }

  /** What is served at an address, such as metrics. */
  void address(URI address) throws IOException {
    places++;
    try (InputStream in = address.toURL().openStream()) {
      look(address.getPath(), in.readAllBytes());
    }
  }

  /** A process's arguments and environment, which others on the machine can read. */
  void process(long pid) throws IOException {
    for (String file : List.of("cmdline", "environ")) {
      places++;
      look("process " + file, Files.readAllBytes(Path.of("/proc/" + pid + "/" + file)));
    }
  }
}
