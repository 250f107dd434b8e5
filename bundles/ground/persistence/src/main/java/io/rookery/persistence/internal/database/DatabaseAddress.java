// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import org.postgresql.ds.PGSimpleDataSource;

/**
 * Where a database is found.
 *
 * @param url a JDBC URL without a user and without a password
 */
public record DatabaseAddress(String url) {

  private static final int CONNECT_SECONDS = 5;
  private static final int SILENCE_SECONDS = 120;

  /** Returns the address of a database of a server on loopback. */
  public static DatabaseAddress loopback(int port, String database) {
    return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
  }

  /** Refuses what the driver would not understand, and passwords in the clear. */
  public DatabaseAddress {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("url must begin with jdbc:postgresql:");
    }
    if (url.matches("(?s).*[?&](user|password)=.*")) {
      throw new IllegalArgumentException("url must carry neither a user nor a password");
    }
  }

  /** Returns a source of new connections of a role. */
  public PGSimpleDataSource source(Credential credential) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(SILENCE_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("rookery");
    source.setReWriteBatchedInserts(true);
    source.setUrl(url);
    source.setUser(credential.user());
    source.setPassword(credential.password());
    return source;
  }
}
