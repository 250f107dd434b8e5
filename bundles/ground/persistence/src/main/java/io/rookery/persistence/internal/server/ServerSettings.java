// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The embedded server's settings: sized for a small machine, durable, and silent about what people
 * store, as statements and key values would otherwise reach its log.
 *
 * @param values the settings by name, as {@code postgresql.conf} writes them
 */
public record ServerSettings(Map<String, String> values) {

  /** Returns the settings that production uses. */
  public static ServerSettings standard() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("listen_addresses", "'127.0.0.1'");
    values.put("unix_socket_directories", "''");
    values.put("max_connections", "100");
    values.put("shared_buffers", "256MB");
    values.put("effective_cache_size", "1GB");
    values.put("work_mem", "8MB");
    values.put("maintenance_work_mem", "64MB");
    values.put("huge_pages", "off");
    values.put("jit", "off");
    values.put("random_page_cost", "1.1");
    values.put("fsync", "on");
    values.put("synchronous_commit", "on");
    values.put("full_page_writes", "on");
    values.put("wal_level", "replica");
    values.put("wal_compression", "on");
    values.put("min_wal_size", "128MB");
    values.put("max_wal_size", "1GB");
    values.put("max_wal_senders", "4");
    values.put("autovacuum_naptime", "15s");
    values.put("password_encryption", "'scram-sha-256'");
    values.put("idle_in_transaction_session_timeout", "10min");
    values.put("timezone", "'UTC'");
    values.put("log_timezone", "'UTC'");
    values.put("logging_collector", "on");
    values.put("log_directory", "'log'");
    values.put("log_filename", "'postgresql-%a.log'");
    values.put("log_truncate_on_rotation", "on");
    values.put("log_rotation_age", "1d");
    values.put("log_rotation_size", "0");
    values.put("log_min_messages", "warning");
    values.put("log_min_error_statement", "panic");
    values.put("log_error_verbosity", "terse");
    values.put("log_parameter_max_length_on_error", "0");
    return new ServerSettings(values);
  }

  /** Copies the values, keeping their order. */
  public ServerSettings {
    values = new LinkedHashMap<>(values);
  }

  /** Returns the same settings with one of them changed. */
  public ServerSettings with(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(values);
    changed.put(name, value);
    return new ServerSettings(changed);
  }

  /**
   * Returns the text of {@code postgresql.conf}; {@code custom.conf} beside it has the last word.
   */
  String text(int port) {
    String lines =
        values.entrySet().stream()
            .map(setting -> setting.getKey() + " = " + setting.getValue())
            .collect(Collectors.joining("\n"));
    return "# Written at each start. Put settings of your own into custom.conf beside this file.\n"
        + lines
        + "\nport = "
        + port
        + "\ninclude_if_exists = 'custom.conf'\n";
  }
}
