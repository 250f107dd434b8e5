// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A tenant that sends campaign after campaign, each to a list of its own, so that every message of
 * a run has a recipient of its own. One thread starts campaigns; the rest is thread-safe.
 */
public final class LoadTenant {

  /**
   * What tenants are made of.
   *
   * @param mailboxes how many each has
   * @param connections how many connections a mailbox keeps
   * @param dailyLimit what a mailbox may send a day
   * @param gapMillis the shortest time between two messages of a mailbox
   */
  public record Shape(int mailboxes, int connections, int dailyLimit, long gapMillis) {

    /** Two mailboxes that may send as fast as they can. */
    public static final Shape FAST = new Shape(2, 10, 1_000_000, 0);
  }

  private static final String DOMAIN = "bench.example";

  private final TenantKey tenant;
  private final Calls calls;
  private final Path folder;
  private final List<String> mailboxes = new ArrayList<>();
  private final Deque<ContactList> ready = new ArrayDeque<>();
  private final List<String> campaigns = new ArrayList<>();
  private final Set<String> expected = ConcurrentHashMap.newKeySet();
  private String template;
  private int lists;

  private LoadTenant(TenantKey tenant, Calls calls, Path folder) {
    this.tenant = tenant;
    this.calls = calls;
    this.folder = folder;
  }

  private record ContactList(String id, List<String> addresses) {}

  /** Makes tenants with mailboxes that send to a port of this machine. */
  public static List<LoadTenant> create(Cluster cluster, int count, Shape shape, int port)
      throws IOException, InterruptedException {
    return create(cluster, "load", count, shape, port);
  }

  /** Makes tenants whose names begin alike; a beginning may be used once. */
  public static List<LoadTenant> create(
      Cluster cluster, String prefix, int count, Shape shape, int port)
      throws IOException, InterruptedException {
    List<LoadTenant> tenants = new ArrayList<>();
    for (TenantKey key : TenantKey.createAll(cluster.node(0).rookery(), prefix, count, DOMAIN)) {
      LoadTenant tenant =
          new LoadTenant(key, new Calls(cluster.nodes(), key.key()), cluster.file(key.slug()));
      Files.createDirectories(tenant.folder);
      tenant.setUp(shape, port);
      tenants.add(tenant);
    }
    return tenants;
  }

  private void setUp(Shape shape, int port) throws IOException, InterruptedException {
    Object settings =
        Rest.object(
            "host",
            "127.0.0.1",
            "port",
            Integer.toString(port),
            "security",
            "none",
            "connections",
            Integer.toString(shape.connections()));
    for (int i = 1; i <= shape.mailboxes(); i++) {
      Object mailbox =
          Rest.object(
              "address",
              tenant.slug() + "-box" + i + "@" + DOMAIN,
              "display_name",
              "Box " + i,
              "backend",
              "smtp",
              "settings",
              settings,
              "daily_limit",
              shape.dailyLimit(),
              "minimum_gap_millis",
              shape.gapMillis());
      mailboxes.add(calls.post("mailboxes", mailbox).path("id").asText());
    }
    Object text =
        Rest.object(
            "name", "load",
            "subject", "News for {{ contact.first_name }}",
            "html", "<p>Hello</p><p><a href=\"{{ unsubscribe_url }}\">Unsubscribe</a></p>",
            "text", "Hello {{ contact.first_name }}\n{{ unsubscribe_url }}\n");
    template = calls.post("templates", text).path("id").asText();
  }

  /** Imports lists of a size, for campaigns to come. */
  public void prepare(int count, int size) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      ContactList list = importList(size);
      synchronized (this) {
        ready.add(list);
      }
    }
  }

  private ContactList importList(int size) throws IOException, InterruptedException {
    String name = tenant.slug() + "-" + ++lists;
    List<String> addresses = new ArrayList<>(size);
    Path file = folder.resolve(name + ".csv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("email,first_name,country\n");
      for (int i = 0; i < size; i++) {
        String address = "%s-%d@dest%d.example.org".formatted(name, i, i % 50);
        addresses.add(address);
        out.write(address + ",Ada,US\n");
      }
    }
    String list = calls.post("lists", Rest.object("name", name)).path("id").asText();
    String path = "imports?file_name=" + name + ".csv&list_id=" + list;
    String id = calls.postCsv(path, file).path("id").asText();
    JsonNode now = calls.get("imports/" + id);
    while (now.path("finished_at").isMissingNode() || now.path("finished_at").isNull()) {
      TimeUnit.MILLISECONDS.sleep(100);
      now = calls.get("imports/" + id);
    }
    Files.delete(file);
    if (now.path("counts").path("created").asInt() != size) {
      throw new IOException("The import came to " + now);
    }
    return new ContactList(list, addresses);
  }

  /** Starts a campaign to the next list; returns false where none is ready. */
  public boolean startNext() throws IOException, InterruptedException {
    ContactList list;
    synchronized (this) {
      list = ready.poll();
    }
    if (list != null) {
      start(list);
    }
    return list != null;
  }

  /** Starts a campaign to a new list of a size. */
  public void startNew(int size) throws IOException, InterruptedException {
    start(importList(size));
  }

  private void start(ContactList list) throws IOException, InterruptedException {
    Object campaign =
        Rest.object(
            "name",
            "load " + campaigns.size(),
            "template_id",
            template,
            "list_ids",
            List.of(list.id()),
            "mailbox_ids",
            mailboxes,
            "category",
            "commercial");
    String id = calls.post("campaigns", campaign).path("id").asText();
    expected.addAll(list.addresses());
    calls.post("campaigns/" + id + "/start", null);
    synchronized (this) {
      campaigns.add(id);
    }
  }

  /** Returns the recipients of all campaigns that were started. */
  public Set<String> expected() {
    return expected;
  }

  /** Returns the campaigns that were started, oldest first. */
  public synchronized List<String> campaigns() {
    return List.copyOf(campaigns);
  }

  /** Returns the mailboxes' ids. */
  public List<String> mailboxes() {
    return mailboxes;
  }

  /** Returns the tenant and its key. */
  public TenantKey tenant() {
    return tenant;
  }

  /** Returns its calls. */
  public Calls calls() {
    return calls;
  }

  /** Returns whether every campaign is completed. */
  public boolean completed() throws IOException, InterruptedException {
    for (String campaign : campaigns()) {
      if (!calls.get("campaigns/" + campaign).path("state").asText().equals("completed")) {
        return false;
      }
    }
    return true;
  }

  /** Returns the sum of a count over the progress of all campaigns, such as {@code in_doubt}. */
  public long progress(String count) throws IOException, InterruptedException {
    long sum = 0;
    for (String campaign : campaigns()) {
      sum += calls.get("campaigns/" + campaign + "/progress").path(count).asLong();
    }
    return sum;
  }
}
