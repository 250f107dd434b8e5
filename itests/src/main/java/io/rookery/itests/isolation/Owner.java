// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.journey.Waiting;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.Scratch;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A tenant that has something of everything, and makes more of it when asked. Two owners use the
 * same names and addresses, so that nothing but the tenant tells their objects apart.
 */
public final class Owner {

  private static final String CAUGHT = "reader@dest.example";
  private static final String CSV =
      "email,first_name,city\n"
          + CAUGHT
          + ",Ada,Berlin\nnever@bounce.example,Bob,Berlin\nlater@defer.example,Eve,Berlin\n"
          + "slowly@busy.example,Max,Berlin\nwrong\n";
  private static final int LONG = 1_000_000;

  private final Rest rest;
  private final Crowd crowd;
  private final AtomicInteger made = new AtomicInteger();
  private String list;
  private String imported;
  private String mailbox;
  private String domain;
  private String template;
  private String campaign;
  private String host;

  public Owner(Rest rest, Crowd crowd) {
    this.rest = rest;
    this.crowd = crowd;
  }

  /** Imports, suppresses and sends, until there is a row of each kind. */
  public void settle() throws Exception {
    list = post("lists", Rest.object("name", "Readers"));
    Path csv = Scratch.file(".csv", CSV);
    try {
      imported = rest.postCsv("imports?map.city=city&list_id=" + list, csv).path("id").asText();
    } finally {
      Files.delete(csv);
    }
    Waiting.state(rest, "imports/" + imported, "succeeded");
    mailbox = post("mailboxes", mailboxData("news@isolation.example"));
    domain = post("domains", Rest.object("name", "isolation.example"));
    template = post("templates", templateData());
    host = hostKey().get(0);
    lookedAtHost();
    rotation();
    member();
    invitation();
    sendingPause();
    suppression();
    formerContact();
    fallenBack();
    scheduledMessage();
    deadLink();
    campaign = running();
    Waiting.until(rest, "campaigns/" + campaign + "/progress", p -> p.path("sent").asInt() == 1);
    Waiting.until(rest, "campaigns/" + campaign + "/progress", p -> p.path("failed").asInt() == 1);
  }

  /** Returns the ids of what is made once and asked for again. */
  public List<String> kept() {
    return List.of(list, imported, mailbox, domain, template, campaign, host);
  }

  String list() {
    return list;
  }

  String mailbox() {
    return mailbox;
  }

  String domain() {
    return domain;
  }

  String otherDomain() throws Exception {
    return post("domains", Rest.object("name", newDomain()));
  }

  String host() {
    return host;
  }

  String lookedAtHost() throws Exception {
    rest.post("host-health/" + host + "/check", null);
    return host;
  }

  String otherHost() throws Exception {
    return post("hosts", hostData());
  }

  Map<String, Object> hostData() throws Exception {
    return SshHost.get().data();
  }

  String secret() throws Exception {
    return secretVersion().get(0);
  }

  /** A signing key's version, of a domain that nothing is sent from. */
  List<String> secretVersion() throws Exception {
    otherDomain();
    for (JsonNode secret : rest.get("secrets?limit=100").path("data")) {
      if (secret.path("reference").asText().startsWith("dkim/d")) {
        return List.of(secret.path("id").asText(), "1");
      }
    }
    throw new IllegalStateException("A new domain has signing keys");
  }

  List<String> hostKey() throws Exception {
    return SshHost.get().installed(rest);
  }

  /** Returns a host without a key, and where a mailbox's password stands on it. */
  List<String> hostPassword() throws Exception {
    String at = otherHost();
    return List.of(at, post("host-passwords/" + at, hostPasswordData(otherMailbox())));
  }

  static Map<String, Object> hostPasswordData(String mailbox) {
    return Rest.object(
        "mailbox_id",
        mailbox,
        "user",
        "news@isolation.example",
        "file",
        "/etc/dovecot/users",
        "grace_file",
        "/etc/dovecot/users-grace");
  }

  String rotatingSecret() throws Exception {
    List<String> password = hostPassword();
    return rest.get("host-passwords/" + String.join("/", password)).path("secret_id").asText();
  }

  /** Returns a rotation that was taken back, as its host has no key. */
  String rotation() throws Exception {
    return post("rotating-secrets/" + rotatingSecret() + "/rotate", Rest.object("grace_hours", 1));
  }

  String newDomain() {
    return "d" + made.incrementAndGet() + ".isolation.example";
  }

  String newName() {
    return "New " + made.incrementAndGet();
  }

  String newAddress() {
    return "new" + made.incrementAndGet() + "@dest.example";
  }

  String template() {
    return template;
  }

  /** Returns a campaign that goes on for days, as one of its recipients is deferred. */
  String campaign() {
    return campaign;
  }

  String finishedImport() {
    return imported;
  }

  String finishedJob() throws Exception {
    return rest.get("imports/" + imported).path("job_id").asText();
  }

  /** Returns the version of the sandbox that is used; to move to it changes nothing. */
  String sandboxVersion() throws Exception {
    for (JsonNode use : rest.get("backend-versions").path("data")) {
      if (use.path("backend").asText().equals("sandbox")) {
        return use.path("current").asText();
      }
    }
    throw new IllegalStateException("The sandbox has no version that is used");
  }

  /** Returns the workspace in which everything is that names no other. */
  String mainWorkspace() throws Exception {
    return rest.get("me").at("/tenant/id").asText();
  }

  String workspace() throws Exception {
    return post("workspaces", Rest.object("name", "Workspace " + made.incrementAndGet()));
  }

  String emptyList() throws Exception {
    return post("lists", Rest.object("name", "List " + made.incrementAndGet()));
  }

  String contact() throws Exception {
    return post(
        "contacts", Rest.object("email", "made" + made.incrementAndGet() + "@dest.example"));
  }

  /** Makes a contact that is no longer there, whose address is remembered by its digest. */
  private void formerContact() throws Exception {
    rest.send("DELETE", "contacts/" + contact(), BodyPublishers.noBody(), "application/json");
  }

  /** Returns a list and a contact on it. */
  List<String> membership() throws Exception {
    String members = emptyList();
    String member = contact();
    rest.post("lists/" + members + "/contacts", Rest.object("contact_ids", List.of(member)));
    return List.of(members, member);
  }

  String suppression() throws Exception {
    return post(
        "suppressions", Rest.object("address", "no" + made.incrementAndGet() + "@dest.example"));
  }

  /** Kills the links of a campaign of its own. */
  String deadLink() throws Exception {
    return post("dead-links", deadLinkData());
  }

  Map<String, Object> deadLinkData() throws Exception {
    return Rest.object("campaign_id", draft());
  }

  String otherTemplate() throws Exception {
    return post("templates", templateData());
  }

  /** Returns a mailbox whose password stands in the tenant's secrets. */
  String otherMailbox() throws Exception {
    Map<String, Object> data = secretMailboxData("box" + made.incrementAndGet() + "@dest.example");
    return post("mailboxes", data);
  }

  /** Returns a file of one mailbox, with a password. */
  String mailboxFile() {
    return "address,backend,host,username,password\nbulk"
        + made.incrementAndGet()
        + "@dest.example,smtp,127.0.0.1,news,not shown\n";
  }

  /** Returns a mailbox that has a fallback with a password. */
  String fallenBack() throws Exception {
    String id = otherMailbox();
    rest.patch("mailbox-fallbacks/" + id, fallbackData());
    return id;
  }

  /** Returns a mailbox and its fallback, both of them caught. */
  List<String> fallback() throws Exception {
    String box = post("mailboxes", mailboxData("back" + made.incrementAndGet() + "@dest.example"));
    Object caught = Rest.object("fallbacks", List.of(Rest.object("backend", "sandbox")));
    JsonNode list = rest.patch("mailbox-fallbacks/" + box, caught);
    return List.of(box, list.at("/data/0/id").asText());
  }

  static Map<String, Object> fallbackData() {
    Map<String, Object> data = secretMailboxData("nobody@dest.example");
    data.remove("address");
    return Rest.object("fallbacks", List.of(data));
  }

  String pausedMailbox() throws Exception {
    String id = otherMailbox();
    rest.post("mailboxes/" + id + "/pause", Rest.object("reason", "Testing"));
    return id;
  }

  /** A pause of a domain that nothing is sent for. */
  Map<String, Object> sendingPauseData() {
    String domain = "idle" + made.incrementAndGet() + ".isolation.example";
    return Rest.object("scope", "domain", "domain", domain, "reason", "Testing");
  }

  String sendingPause() throws Exception {
    return post("sending-pauses", sendingPauseData());
  }

  String key() throws Exception {
    return post("api-keys", keyData("inbox:read"));
  }

  String draft() throws Exception {
    return post("campaigns", campaignData());
  }

  String running() throws Exception {
    String id = draft();
    rest.post("campaigns/" + id + "/start", null);
    return id;
  }

  String paused() throws Exception {
    String id = running();
    rest.post("campaigns/" + id + "/pause", null);
    return id;
  }

  String message() throws Exception {
    return message("accepted");
  }

  /** Returns a message of no campaign that is due in an hour, with a file. */
  String scheduledMessage() throws Exception {
    Map<String, Object> data = messageData();
    data.put("send_at", Instant.now().plusSeconds(3600).toString());
    Object file = Rest.object("file_name", "a.txt", "content", "SGVsbG8=");
    data.put("attachments", List.of(file));
    return post("messages", data);
  }

  /** A message that names each of its objects by its id. */
  Map<String, Object> messageData() throws Exception {
    return Rest.object("mailbox_id", mailbox, "contact_id", contact(), "template_id", template);
  }

  /** Returns a message that was refused for good; where none is left, another one is sent. */
  String deadLetter() throws Exception {
    String path = "messages?state=failed";
    if (rest.get(path).path("data").isEmpty()) {
      String nobody = "never" + made.incrementAndGet() + "@bounce.example";
      Map<String, Object> data = Rest.object("mailbox_id", restedMailbox(), "to", nobody);
      data.put("template_id", template);
      post("messages", data);
    }
    return first(path);
  }

  /** Returns a mailbox that has sent nothing yet, so that no limit of its own keeps a mail back. */
  private String restedMailbox() throws Exception {
    return post("mailboxes", mailboxData("rested" + made.incrementAndGet() + "@isolation.example"));
  }

  private String message(String state) {
    return first("messages?campaign_id=" + campaign + "&state=" + state);
  }

  /** Returns the id of the first thing in a listing, once there is one. */
  private String first(String path) {
    return Waiting.until(rest, path, found -> !found.path("data").isEmpty())
        .at("/data/0/id")
        .asText();
  }

  /** Returns a mail that was caught; where all have been removed, another one is sent. */
  String caughtMail() throws Exception {
    if (rest.get("sandbox-messages").path("data").isEmpty()) {
      Map<String, Object> data = messageData();
      data.put("mailbox_id", restedMailbox());
      post("messages", data);
    }
    return first("sandbox-messages");
  }

  /** Returns an import that is far from its end: one address, a million times. */
  String unfinishedImport() throws Exception {
    Path csv = Files.createTempFile("isolation", ".csv");
    try {
      Files.writeString(csv, "email\n" + "same@dest.example\n".repeat(LONG));
      return rest.postCsv("imports", csv).path("id").asText();
    } finally {
      Files.delete(csv);
    }
  }

  String unfinishedJob() throws Exception {
    return rest.get("imports/" + unfinishedImport()).path("job_id").asText();
  }

  /** Returns a member that is no owner. */
  String member() throws Exception {
    return crowd.member();
  }

  /** Returns a person who is signed in and has done nothing yet. */
  public Person person() throws Exception {
    return crowd.person();
  }

  /** Returns the people of the tenant. */
  public Crowd crowd() {
    return crowd;
  }

  Map<String, Object> userData() {
    return crowd.userData();
  }

  Map<String, Object> lockedData() throws Exception {
    return Rest.object("email", crowd.email());
  }

  /** Returns what invites one more person. */
  Map<String, Object> invitationData() {
    return Rest.object("email", newAddress(), "role", "viewer");
  }

  /** Returns an invitation that nobody has taken up. */
  String invitation() throws Exception {
    return post("invitations", invitationData());
  }

  /** Returns a tenant that the operator, whose key this must be, has just made. */
  String freshTenant() throws Exception {
    return post("tenants", tenantData());
  }

  List<String> entitlement() throws Exception {
    return List.of(freshTenant(), "domains");
  }

  String suspendedTenant() throws Exception {
    String id = freshTenant();
    rest.post("tenants/" + id + "/suspend", Rest.object("reason", "Testing"));
    return id;
  }

  String sealedTenant() throws Exception {
    String id = freshTenant();
    rest.put("tenant-seals/" + id, Rest.object("reason", "Testing"));
    return id;
  }

  Map<String, Object> tenantData() {
    String slug = "isolation-" + made.incrementAndGet();
    return Rest.object("name", "Isolation", "slug", slug, "postal_address", "1 Test Lane");
  }

  Map<String, Object> campaignData() {
    return Rest.object(
        "name",
        "Story",
        "template_id",
        template,
        "list_ids",
        List.of(list),
        "mailbox_ids",
        List.of(mailbox));
  }

  static Map<String, Object> keyData(String scope) {
    return Rest.object("name", "Made by a test", "scopes", List.of(scope));
  }

  static Map<String, Object> planData() {
    Map<String, Object> limits = Rest.object("requests_per_minute", 100, "request_burst", 200);
    return Rest.object("name", "Isolated", "rank", 1, "offered", false, "limits", limits);
  }

  static Map<String, Object> templateData() {
    return Rest.object("name", "Story", "subject", "Story", "html", "<p>{{ contact.email }}</p>");
  }

  static Map<String, Object> mailboxData(String address) {
    return Rest.object("address", address, "backend", "sandbox");
  }

  /** A mailbox with a password, of a server that is never spoken to. */
  public static Map<String, Object> secretMailboxData(String address) {
    return Rest.object(
        "address",
        address,
        "backend",
        "smtp",
        "settings",
        Map.of("host", "127.0.0.1", "port", "2525", "security", "tls", "username", "news"),
        "secrets",
        Map.of("password", "not shown"));
  }

  private String post(String path, Object body) throws IOException, InterruptedException {
    return rest.post(path, body).path("id").asText();
  }
}
