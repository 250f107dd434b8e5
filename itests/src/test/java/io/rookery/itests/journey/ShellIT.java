// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Test;

/** The operator's shell against the services themselves, signed in as its own client does. */
public class ShellIT {

  private RunningRookery rookery;
  private TenantKey tenant;
  private Rest rest;

  @Before
  public void start() throws Exception {
    rookery = Platform.running();
    tenant = Platform.tenant();
    rest = Platform.rest(tenant);
  }

  @Test
  public void everythingThatATenantHasShouldBeShown() throws Exception {
    String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
    Path csv =
        Scratch.file(".csv", "email\na@defer.example\nb@bounce.example\nc@x.example\nwrong\n");
    csv.toFile().setReadable(true, false);
    String imported = rest.postCsv("imports?list_id=" + list, csv).path("id").asText();
    Waiting.state(rest, "imports/" + imported, "succeeded");
    String mailbox =
        rest.post("mailboxes", Rest.object("address", "news@shell.example", "backend", "sandbox"))
            .path("id")
            .asText();
    String template =
        rest.post("templates", Rest.object("name", "t", "subject", "s", "html", "<p>x</p>"))
            .path("id")
            .asText();
    String campaign =
        rest.post(
                "campaigns",
                Rest.object(
                    "name",
                    "Shell campaign",
                    "template_id",
                    template,
                    "list_ids",
                    List.of(list),
                    "mailbox_ids",
                    List.of(mailbox)))
            .path("id")
            .asText();

    String started =
        run(
            "campaign-check %t " + campaign,
            "mailbox-check %t " + mailbox,
            "campaign-start %t " + campaign);
    assertTrue(started, started.contains("running"));
    Waiting.until(rest, "campaigns/" + campaign + "/progress", p -> p.path("sent").asInt() == 1);
    Waiting.until(rest, "campaigns/" + campaign + "/progress", p -> p.path("failed").asInt() == 1);
    String shown =
        run(
            "tenant-list",
            "tenant-show %t",
            "api-key-list %t",
            "import-list %t",
            "import-show %t " + imported,
            "import-errors %t " + imported,
            "mailbox-list %t",
            "campaign-list %t",
            "campaign-show --json %t " + campaign,
            "queue-show",
            "queue-show %t",
            "rate-show --window hour %t",
            "message-list --state failed %t",
            "dead-letter-list --code 550 %t",
            "dead-letter-reasons %t",
            "dead-letter-requeue --all %t",
            "job-list %t",
            "backend-list",
            "permission-grant %t transactional_mail",
            "permission-list %t",
            "permission-revoke %t transactional_mail",
            "domain-trust %t shell.example",
            "domain-trusts %t",
            "domain-add %t mail.shell.example",
            "domain-list %t",
            "domain-records --json %t mail.shell.example",
            "link-host-list %t",
            "link-kill --campaign " + campaign + " --link 0 --reason Testing %t",
            "link-list %t",
            "certificate-list",
            "domain-distrust %t shell.example",
            "secret-status",
            "node-status");
    for (String part :
        List.of(
            tenant.slug(),
            "news@shell.example",
            "Shell campaign",
            "5.1.1",
            "sandbox",
            "contacts.import",
            "transactional_mail",
            "links.mail.shell.example",
            "shell.example")) {
      assertTrue(part + " is missing in " + shown, shown.contains(part));
    }
    assertFalse(shown, shown.contains(tenant.key()));
  }

  @Test
  public void whatTheShellChangesShouldTakeHold() throws Exception {
    String mailbox =
        rest.post("mailboxes", Rest.object("address", "a@shell.example", "backend", "sandbox"))
            .path("id")
            .asText();
    run("mailbox-pause --reason Testing %t " + mailbox);
    assertTrue(rest.get("mailboxes/" + mailbox).path("paused_reason").asText().equals("Testing"));
    run("mailbox-resume %t " + mailbox, "tenant-weight %t 2", "tenant-suspend --reason Testing %t");
    Waiting.until(rest, "me", me -> me.path("tenant").path("status").asText().equals("suspended"));
    assertTrue(rest.get("me").path("tenant").path("weight").asInt() == 2);
    run("tenant-resume %t");
    Waiting.until(rest, "me", me -> me.path("tenant").path("status").asText().equals("active"));

    assertTrue(run("tenant-seal --reason Testing %t").contains("Testing"));
    assertTrue(run("tenant-unseal %t").contains("Unsealed"));

    String key = rest.get("me").path("key_id").asText();
    String rotated = run("api-key-rotate --grace 1h %t " + key, "api-key-revoke %t " + key);
    assertTrue(rotated, rotated.contains("rky_live_"));
    String refused = run("tenant-show nobody-here");
    assertTrue(refused, refused.contains("no such tenant") || refused.contains("There is no"));
    assertFalse(refused, refused.contains("\tat "));
  }

  private String run(String... commands) throws Exception {
    StringBuilder script = new StringBuilder();
    for (String command : commands) {
      script.append("rookery:").append(command.replace("%t", tenant.slug())).append('\n');
    }
    return rookery.shell(script.toString().strip());
  }
}
