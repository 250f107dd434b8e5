// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.swap;

import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.Scratch;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tenants that all send at an even pace, each from one mailbox, one campaign each. */
public final class Crowd {

  /** What a tenant needs to send, and the campaign once it runs. */
  private record Member(Rest rest, String mailbox, String campaign) {}

  private static final String DOMAIN = "crowd.example";

  private final List<Member> members = new ArrayList<>();
  private final int size;
  private final int messages;

  private Crowd(int size, int messages) {
    this.size = size;
    this.messages = messages;
  }

  /** Makes the tenants with their contacts and starts their campaigns to a port of this machine. */
  public static Crowd start(RunningRookery rookery, Size size, int port) throws Exception {
    Crowd crowd = new Crowd(size.tenants(), size.messages());
    for (TenantKey tenant : TenantKey.createAll(rookery, "crowd", size.tenants(), DOMAIN)) {
      crowd.members.add(
          crowd.member(new Rest(rookery.root(), tenant.key()), size.gapMillis(), port));
    }
    for (Member member : crowd.members) {
      member.rest().post("campaigns/" + member.campaign() + "/start", null);
    }
    return crowd;
  }

  /**
   * How much is sent.
   *
   * @param tenants how many tenants send
   * @param messages how many messages each of them sends
   * @param gapMillis how many milliseconds apart
   */
  public record Size(int tenants, int messages, int gapMillis) {}

  private Member member(Rest rest, int gapMillis, int port) throws Exception {
    int number = members.size();
    String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
    String imported = rest.postCsv("imports?list_id=" + list, contacts(number)).path("id").asText();
    String mailbox = mailbox(rest, gapMillis, port);
    String template =
        rest.post(
                "templates",
                Rest.object(
                    "name",
                    "News",
                    "subject",
                    "News",
                    "text",
                    "Hello\n{{ unsubscribe_url }}\n",
                    "html",
                    "<p>Hello</p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>"))
            .path("id")
            .asText();
    await(rest, "imports/" + imported, "succeeded");
    Object campaign =
        Rest.object(
            "name",
            "News",
            "template_id",
            template,
            "list_ids",
            List.of(list),
            "mailbox_ids",
            List.of(mailbox));
    return new Member(rest, mailbox, rest.post("campaigns", campaign).path("id").asText());
  }

  private Path contacts(int number) throws IOException {
    StringBuilder csv = new StringBuilder("email\n");
    for (int i = 0; i < messages; i++) {
      csv.append(recipient(number, i)).append('\n');
    }
    return Scratch.file(".csv", csv);
  }

  private static String mailbox(Rest rest, int gapMillis, int port) throws Exception {
    Object settings =
        Rest.object("host", "127.0.0.1", "port", Integer.toString(port), "security", "none");
    Object mailbox =
        Rest.object(
            "address",
            "news@" + DOMAIN,
            "backend",
            "smtp",
            "settings",
            settings,
            "daily_limit",
            1_000_000,
            "minimum_gap_millis",
            gapMillis);
    return rest.post("mailboxes", mailbox).path("id").asText();
  }

  private static String recipient(int number, int message) {
    return "person" + message + "@reader" + number + ".example";
  }

  /** Returns the number of the tenant that writes to a recipient. */
  public static int tenantOf(String recipient) {
    int begin = recipient.indexOf("@reader") + "@reader".length();
    return Integer.parseInt(recipient.substring(begin, recipient.indexOf('.', begin)));
  }

  /** Returns how many tenants there are. */
  public int size() {
    return size;
  }

  /** Returns everybody who is to get a message. */
  public List<String> recipients() {
    List<String> recipients = new ArrayList<>();
    for (int number = 0; number < size; number++) {
      for (int i = 0; i < messages; i++) {
        recipients.add(recipient(number, i));
      }
    }
    return recipients;
  }

  /** Lets the rest go as fast as it can and waits until every campaign is completed. */
  public void finish() throws Exception {
    for (Member member : members) {
      String body = "{\"minimum_gap_millis\":0}";
      int status =
          member
              .rest()
              .send(
                  "PATCH",
                  "mailboxes/" + member.mailbox(),
                  BodyPublishers.ofString(body),
                  "application/json")
              .statusCode();
      if (status != 200) {
        throw new IOException("The mailbox's gap stays: " + status);
      }
    }
    for (Member member : members) {
      await(member.rest(), "campaigns/" + member.campaign(), "completed");
    }
  }

  private static void await(Rest rest, String path, String state) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (!rest.get(path).path("state").asText().equals(state)) {
      if (System.nanoTime() > end) {
        throw new IOException(path + " does not come to " + state + ": " + rest.get(path));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
