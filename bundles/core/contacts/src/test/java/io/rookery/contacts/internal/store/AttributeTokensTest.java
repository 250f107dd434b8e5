// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AttributeTokensTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");

  private final AttributeTokens tokens = new AttributeTokens();

  @Test
  void javaAndTheDatabaseMakeTheSameToken() throws SQLException {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("city", "Köln");
    attributes.put("empty", "");
    attributes.put("quoted", "a \"b\" \\ c\td\n=");
    attributes.put("long", "é\uD83D\uDE00x".repeat(100));
    attributes.put("count", 42);
    attributes.put("big", 12345678901234567L);
    attributes.put("price", 1.50);
    attributes.put("huge", 1.0e10);
    attributes.put("tiny", -1.5e-7);
    attributes.put("member", true);
    assertThat(LongStream.of(tokens.of(attributes)).boxed())
        .containsExactlyInAnyOrderElementsOf(inSql(attributes));
  }

  @Test
  void tokensDifferByNameAndByValueUpToWhatIsSearchable() {
    assertThat(tokens.of("a", "x")).isNotEqualTo(tokens.of("b", "x"));
    assertThat(tokens.of("a", "x")).isNotEqualTo(tokens.of("a", "y"));
    String beginning = "x".repeat(AttributeTokens.SEARCHABLE);
    assertThat(tokens.of("a", beginning + "1")).isEqualTo(tokens.of("a", beginning + "2"));
  }

  private static List<Long> inSql(Map<String, Object> attributes) throws SQLException {
    String sql =
        "select " + AttributeTokens.sql("e.key", "e.value") + " from jsonb_each_text(?::jsonb) e";
    try (Connection owner = DATABASE.owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setString(1, Json.write(attributes));
      ResultSet rows = statement.executeQuery();
      List<Long> result = new ArrayList<>();
      while (rows.next()) {
        result.add(rows.getLong(1));
      }
      return result;
    }
  }
}
