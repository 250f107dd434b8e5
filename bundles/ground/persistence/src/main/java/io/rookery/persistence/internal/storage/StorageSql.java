// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.storage;

import io.rookery.spi.plugin.PluginStorage.Scan;
import java.util.UUID;

/**
 * The statements of plugin storage, for the table of the tenants or of the platform. Every
 * statement begins with the owner's parameters: tenant and plugin, or plugin alone.
 *
 * @param table the table
 * @param owner the condition on the owner
 * @param columns the columns of the owner, each followed by a comma
 * @param marks a parameter for each of these columns
 */
record StorageSql(String table, String owner, String columns, String marks) {

  private static final StorageSql TENANT =
      new StorageSql(
          "tenant.plugin_storage", "tenant_id = ? and plugin = ?", "tenant_id, plugin, ", "?, ?, ");
  private static final StorageSql PLATFORM =
      new StorageSql("platform.plugin_storage", "plugin = ?", "plugin, ", "?, ");

  static StorageSql of(UUID tenantId) {
    return tenantId == null ? PLATFORM : TENANT;
  }

  String get() {
    return "select key, value, version from " + table + " where " + owner + " and key = ?";
  }

  String insert() {
    return "insert into "
        + table
        + " ("
        + columns
        + "key, value, version) values ("
        + marks
        + "?, ?, ?)";
  }

  String update() {
    return "update "
        + table
        + " set value = ?, version = version + 1 where "
        + owner
        + " and key = ? and version = ? returning version";
  }

  String remove() {
    return "delete from " + table + " where " + owner + " and key = ? and version = ?";
  }

  String removeBefore() {
    return "delete from " + table + " where " + owner + " and key >= ? and key < ? and key < ?";
  }

  String scan(Scan scan) {
    String beyond =
        scan.beyond() == null ? "" : scan.descending() ? " and key < ?" : " and key > ?";
    return "select key, value, version from "
        + table
        + " where "
        + owner
        + " and key >= ? and key < ?"
        + beyond
        + " order by key"
        + (scan.descending() ? " desc" : "")
        + " limit ?";
  }
}
