// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Test;

/** What docs/messages.md shows is run as it stands there, by a shell and curl. */
public class MessagesGuideIT {

  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)\\n```", Pattern.DOTALL);

  @Test
  public void everyExampleOfTheGuideShouldDoWhatItSays() throws Exception {
    TenantKey tenant = Platform.tenant();
    Rest rest = Platform.rest(tenant);
    rest.post("mailboxes", Rest.object("address", "orders@example.org", "backend", "sandbox"));

    run(script(), tenant.key());

    Map<String, Integer> subjects = new TreeMap<>();
    Waiting.until(rest, "sandbox-messages", found -> found.path("data").size() == 5)
        .path("data")
        .forEach(mail -> subjects.merge(mail.path("subject").asText(), 1, Integer::sum));
    assertEquals(
        Map.of("Your order 4711", 1, "Your order 4712", 1, "Your invoice", 1, "Shipped", 2),
        subjects);
    JsonNode cancelled = rest.get("messages?state=cancelled").path("data");
    assertEquals(1, cancelled.size());
  }

  private static String script() throws Exception {
    StringBuilder script = new StringBuilder("set -eu\n");
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("..", "docs", "messages.md")));
    int count = 0;
    while (blocks.find()) {
      script.append(blocks.group(1)).append('\n');
      count++;
    }
    assertEquals(6, count);
    return script.toString();
  }

  private static void run(String script, String key) throws Exception {
    Path output = Files.createTempFile("messages-guide", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
      builder.environment().put("API", Platform.running().root().resolve("api/v1").toString());
      builder.environment().put("ROOKERY_KEY", key);
      Process shell = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      boolean ended = shell.waitFor(60, TimeUnit.SECONDS);
      shell.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertTrue(said, ended && shell.waitFor() == 0);
    } finally {
      Files.delete(output);
    }
  }
}
