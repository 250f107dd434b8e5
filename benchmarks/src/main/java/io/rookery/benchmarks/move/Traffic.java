// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.move;

import io.rookery.itests.running.Rest;
import io.rookery.itests.running.Scratch;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A campaign from a mailbox whose password stands in the secret store, and a thread that has the
 * mailbox signed in to all the while: each time the password is read.
 */
public final class Traffic implements AutoCloseable {

  /** The domain that is sent from. */
  public static final String DOMAIN = "move.example";

  private static final int GAP_MILLIS = 100;
  private static final int PAUSE_MILLIS = 300;

  private final Rest rest;
  private final int messages;
  private final String mailbox;
  private final String campaign;
  private final Thread reader = new Thread(this::read, "reader");
  private volatile boolean away;
  private volatile boolean over;
  private volatile int reads;
  private volatile int failed;
  private volatile String firstFailure = "";

  /** Starts to send so many messages to a port, ten a second. */
  public Traffic(Rest rest, int messages, int port) throws Exception {
    this.rest = rest;
    this.messages = messages;
    String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
    StringBuilder csv = new StringBuilder("email\n");
    recipients().forEach(recipient -> csv.append(recipient).append('\n'));
    String imported =
        rest.postCsv("imports?list_id=" + list, Scratch.file(".csv", csv)).path("id").asText();
    this.mailbox = mailbox(port);
    await("imports/" + imported, "succeeded");
    this.campaign = campaign(list);
    rest.post("campaigns/" + campaign + "/start", null);
    reader.setDaemon(true);
    reader.start();
  }

  private String mailbox(int port) throws Exception {
    Object settings =
        Rest.object(
            "host", "127.0.0.1",
            "port", Integer.toString(port),
            "security", "none",
            "username", "news",
            "plain_auth", "true");
    Object wanted =
        Rest.object(
            "address",
            "news@" + DOMAIN,
            "backend",
            "smtp",
            "settings",
            settings,
            "secrets",
            Rest.object("password", "a password of " + mailboxOwner()),
            "daily_limit",
            1_000_000,
            "minimum_gap_millis",
            GAP_MILLIS);
    return rest.post("mailboxes", wanted).path("id").asText();
  }

  private static String mailboxOwner() {
    return DOMAIN + " " + System.nanoTime();
  }

  private String campaign(String list) throws Exception {
    String template =
        rest.post(
                "templates",
                Rest.object(
                    "name", "News",
                    "subject", "News",
                    "text", "Hello\n{{ unsubscribe_url }}\n",
                    "html", "<p>Hello</p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a>"))
            .path("id")
            .asText();
    Object wanted =
        Rest.object(
            "name",
            "News",
            "template_id",
            template,
            "list_ids",
            List.of(list),
            "mailbox_ids",
            List.of(mailbox));
    return rest.post("campaigns", wanted).path("id").asText();
  }

  /** Returns everybody who is to get a message. */
  public List<String> recipients() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      all.add("person" + i + "@reader.example");
    }
    return all;
  }

  private void read() {
    while (!over) {
      boolean before = away;
      String failure = check();
      if (!before && !away) {
        reads++;
        if (failure != null) {
          failed++;
          firstFailure = firstFailure.isEmpty() ? failure : firstFailure;
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private String check() {
    try {
      HttpResponse<String> answer =
          rest.send("POST", "mailboxes/" + mailbox + "/check", null, "application/json");
      boolean fine = answer.statusCode() == 200 && answer.body().contains("\"ok\":true");
      return fine ? null : answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** Says whether the node is being killed and started; what is asked for then does not count. */
  public void away(boolean now) {
    away = now;
  }

  /** Returns how often the password was read by signing in. */
  public int reads() {
    return reads;
  }

  /** Returns how many of these failed. */
  public int failed() {
    return failed;
  }

  /** Returns what the first failure said, or an empty text. */
  public String firstFailure() {
    return firstFailure;
  }

  /** Returns whether the campaign is being sent. */
  public boolean sending() throws IOException, InterruptedException {
    return rest.get("campaigns/" + campaign).path("state").asText().equals("running");
  }

  /** Lets the rest go as fast as it can and waits until the campaign is completed. */
  public void finish() throws Exception {
    rest.patch("mailboxes/" + mailbox, Rest.object("minimum_gap_millis", 0));
    await("campaigns/" + campaign, "completed");
  }

  private void await(String path, String state) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(20);
    while (!rest.get(path).path("state").asText().equals(state)) {
      if (System.nanoTime() > end) {
        throw new IOException(path + " does not come to " + state + ": " + rest.get(path));
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    reader.interrupt();
    reader.join();
  }
}
