// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Signs somebody in: reads the account's row, works out the very Argon2id that the platform has put
 * there, writes one row of a session and answers its token.
 */
final class PlainSignIn extends HttpServlet {

  private static final long serialVersionUID = 1;

  private static final String TABLE =
      "create table if not exists public.plain_session"
          + " (id uuid primary key, user_id uuid not null, digest bytea not null)";
  private static final String ACCOUNT =
      "select id, password_hash from platform.user_account where email_key = ?";
  private static final String SESSION = "insert into public.plain_session values (?, ?, ?)";
  private static final Pattern HASH =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SecureRandom RANDOM = new SecureRandom();

  private final transient DataSource database;

  PlainSignIn(DataSource database) {
    this.database = database;
  }

  private record Account(UUID id, String hash) {}

  /** Makes the table of its sessions. */
  static void prepare(DataSource database) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse answer) throws IOException {
    try {
      JsonNode given = JSON.readTree(request.getInputStream());
      Account account = account(given.path("email").asText());
      if (account == null || !matches(given.path("password").asText(), account.hash())) {
        answer.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        return;
      }
      byte[] token = new byte[32];
      RANDOM.nextBytes(token);
      UUID session = keep(account.id(), token);
      answer.setContentType("application/json");
      Map<String, Object> tokens =
          Map.of("session_id", session, "token", Base64.getUrlEncoder().encodeToString(token));
      answer.getOutputStream().write(JSON.writeValueAsBytes(tokens));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private Account account(String email) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(ACCOUNT)) {
      statement.setString(1, email);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? new Account(row.getObject(1, UUID.class), row.getString(2)) : null;
      }
    }
  }

  private UUID keep(UUID user, byte[] token) throws SQLException {
    UUID id = UUID.randomUUID();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SESSION)) {
      statement.setObject(1, id);
      statement.setObject(2, user);
      statement.setBytes(3, token);
      statement.executeUpdate();
    }
    return id;
  }

  private static boolean matches(String password, String hash) throws IOException {
    Matcher parts = HASH.matcher(hash);
    if (!parts.matches()) {
      throw new IOException("The hash is not as expected");
    }
    byte[] wanted = Base64.getDecoder().decode(parts.group(5));
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(Integer.parseInt(parts.group(1)))
            .withIterations(Integer.parseInt(parts.group(2)))
            .withParallelism(Integer.parseInt(parts.group(3)))
            .withSalt(Base64.getDecoder().decode(parts.group(4)))
            .build());
    byte[] made = new byte[wanted.length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), made);
    return MessageDigest.isEqual(wanted, made);
  }
}
