// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * An import whose file is still on its way. What has come of it stands in the database: the only
 * time that rows of a file can be found there for certain.
 */
final class OpenUpload implements AutoCloseable {

  private static final int MORE_THAN_A_PIECE = 3 << 20;

  private final HttpURLConnection connection;
  private final OutputStream file;

  OpenUpload(URI root, String key) throws IOException {
    connection = (HttpURLConnection) root.resolve("api/v1/imports").toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Authorization", "Bearer " + key);
    connection.setRequestProperty("Content-Type", "text/csv");
    connection.setRequestProperty("Idempotency-Key", UUID.randomUUID().toString());
    connection.setDoOutput(true);
    connection.setChunkedStreamingMode(0);
    file = connection.getOutputStream();
    file.write("email\n".getBytes(StandardCharsets.US_ASCII));
    byte[] row = "same@dest.example\n".getBytes(StandardCharsets.US_ASCII);
    for (int sent = 0; sent < MORE_THAN_A_PIECE; sent += row.length) {
      file.write(row);
    }
    file.flush();
  }

  /** Ends the file, which must be taken. */
  @Override
  public void close() throws IOException {
    file.close();
    if (connection.getResponseCode() != 202) {
      throw new IOException("The upload was answered with " + connection.getResponseCode());
    }
  }
}
