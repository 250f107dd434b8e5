// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import io.rookery.testkit.mail.ScriptedSmtpServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Mailboxes made of a file, and checked. */
public class MailboxFileIT {

  private final ScriptedSmtpServer server =
      new ScriptedSmtpServer().accessTokens(token -> null, "XOAUTH2");
  private TenantKey tenant;
  private Rest rest;

  @Before
  public void start() throws Exception {
    tenant = Platform.tenant();
    rest = Platform.rest(tenant);
  }

  @After
  public void stop() throws Exception {
    server.close();
  }

  /** One of them is sandboxed and can be signed in to; the other's server takes no password. */
  @Test
  public void aFileOfMailboxesShouldBeTakenByTheShellAndChecked() throws Exception {
    Path csv =
        Scratch.file(
            ".csv",
            "address,backend,host,port,security,plain_auth,username,password\n"
                + "a@heronry.example,sandbox,,,,,,\n"
                + "b@heronry.example,smtp,127.0.0.1,%d,none,true,b,hunter2\n"
                    .formatted(server.port())
                + "c@heronry.example,smtp,,,,,,hunter2\n");
    String shown =
        Platform.running().shell("rookery:mailbox-import --check " + tenant.slug() + " " + csv);
    assertTrue(shown, shown.contains("/lines/4/host"));
    assertFalse(shown, shown.contains("hunter2"));
    String job =
        Waiting.until(rest, "jobs?kind=mailboxes.check", jobs -> !jobs.path("data").isEmpty())
            .at("/data/0/id")
            .asText();
    JsonNode result = Waiting.state(rest, "jobs/" + job, "succeeded").path("result");
    assertEquals(2, result.path("checked").asInt());
    assertEquals(1, result.path("failed").asInt());
    String failed = result.path("failed_mailbox_ids").get(0).asText();
    assertEquals("b@heronry.example", rest.get("mailboxes/" + failed).path("address").asText());
    HttpResponse<String> why =
        rest.send("POST", "mailboxes/" + failed + "/check", null, "application/json");
    assertEquals(422, why.statusCode());
    assertTrue(why.body(), why.body().contains("does not offer to sign in by PLAIN or LOGIN"));
  }
}
