// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One recipe for each operation that takes a key. A new operation needs one more line here. */
public final class Recipes {

  private static final String API = "/api/v1/";
  private static final Set<String> STOPPED = Set.of("cancelling", "cancelled");

  private final Map<String, Recipe> all = new LinkedHashMap<>();

  public Recipes() {
    ownTenant();
    workspaces();
    contacts();
    imports();
    campaigns();
    mailboxes();
    sending();
    tenants();
    people();
    backendVersions();
    hosts();
    rotations();
  }

  /** Returns the recipe of an operation, or null. */
  public Recipe of(Operation operation) {
    return all.get(operation.key());
  }

  public Set<String> keys() {
    return all.keySet();
  }

  private void ownTenant() {
    add("GET me", Recipe.plain());
    add("PATCH me", Recipe.plain().body(o -> Rest.object("name", "Renamed")));
    add("GET api-keys", Recipe.plain());
    add("POST api-keys", Recipe.plain().body(o -> Owner.keyData("inbox")));
    add("GET api-keys/{id}", Recipe.at(Owner::key));
    add("GET api-keys/{id}/usage", Recipe.at(Owner::key));
    add("POST api-keys/{id}/revoke", Recipe.at(Owner::key));
    add("POST api-keys/{id}/rotate", Recipe.at(Owner::key).body(o -> Map.of("grace_hours", 1)));
    add("GET events", Recipe.plain());
    add("GET plans", Recipe.plain());
    add("GET subscription", Recipe.plain());
    add("POST subscription/change", Recipe.plain().body(o -> Rest.object("plan", "business")));
    add("GET audit", Recipe.plain());
    add("GET audit/export", Recipe.plain().query(o -> Map.of("format", "jsonl")));
  }

  private void workspaces() {
    add("GET workspaces", Recipe.plain());
    add("POST workspaces", Recipe.plain().body(o -> Rest.object("name", o.newName())));
    add("GET workspaces/{id}", Recipe.at(Owner::workspace));
    add(
        "PATCH workspaces/{id}",
        Recipe.at(Owner::workspace).body(o -> Rest.object("name", o.newName())));
    add("POST workspaces/{id}/archive", Recipe.at(Owner::workspace));
  }

  private void contacts() {
    add("GET contacts", Recipe.plain());
    add("POST contacts", Recipe.plain().body(o -> Rest.object("email", o.newAddress())));
    add("GET contacts/{id}", Recipe.at(Owner::contact));
    add(
        "PATCH contacts/{id}",
        Recipe.at(Owner::contact).body(o -> Rest.object("first_name", "Eve")));
    add("DELETE contacts/{id}", Recipe.at(Owner::contact));
    add("GET lists", Recipe.plain());
    add("POST lists", Recipe.plain().body(o -> Rest.object("name", o.newName())));
    add("GET lists/{id}", Recipe.at(Owner::list));
    add(
        "PATCH lists/{id}",
        Recipe.at(Owner::emptyList).body(o -> Rest.object("name", o.newName())));
    add("DELETE lists/{id}", Recipe.at(Owner::emptyList));
    add(
        "POST lists/{id}/contacts",
        Recipe.at(Owner::emptyList).body(o -> Rest.object("contact_ids", List.of(o.contact()))));
    add("DELETE lists/{id}/contacts/{contact}", Recipe.atAll(Owner::membership));
    add("GET suppressions", Recipe.plain());
    add("POST suppressions", Recipe.plain().body(o -> Rest.object("address", o.newAddress())));
    add("DELETE suppressions/{id}", Recipe.at(Owner::suppression));
  }

  private void imports() {
    add("GET imports", Recipe.plain());
    add("POST imports", Recipe.plain().body(o -> "email\nadded@dest.example\n"));
    add("GET imports/{id}", Recipe.at(Owner::finishedImport));
    add("GET imports/{id}/errors", Recipe.at(Owner::finishedImport));
    add("POST imports/{id}/cancel", Recipe.at(Owner::unfinishedImport).keeping(Recipes::stopped));
    add("GET jobs", Recipe.plain());
    add("GET jobs/{id}", Recipe.at(Owner::finishedJob));
    add("POST jobs/{id}/cancel", Recipe.at(Owner::unfinishedJob).keeping(Recipes::stopped));
  }

  private void campaigns() {
    add("GET templates", Recipe.plain());
    add("POST templates", Recipe.plain().body(o -> Owner.templateData()));
    add("GET templates/{id}", Recipe.at(Owner::template));
    add(
        "PATCH templates/{id}",
        Recipe.at(Owner::otherTemplate).body(o -> Rest.object("subject", "Other")));
    add("DELETE templates/{id}", Recipe.at(Owner::otherTemplate));
    add("GET campaigns", Recipe.plain());
    add("POST campaigns", Recipe.plain().body(Owner::campaignData));
    add("GET campaigns/{id}", Recipe.at(Owner::draft));
    add("PATCH campaigns/{id}", Recipe.at(Owner::draft).body(o -> Rest.object("name", "Other")));
    add("DELETE campaigns/{id}", Recipe.at(Owner::draft));
    add("POST campaigns/{id}/start", Recipe.at(Owner::draft));
    add("POST campaigns/{id}/pause", Recipe.at(Owner::running));
    add("POST campaigns/{id}/resume", Recipe.at(Owner::paused));
    add("POST campaigns/{id}/cancel", Recipe.at(Owner::running));
    add(
        "POST campaigns/{id}/test",
        Recipe.at(Owner::draft)
            .body(o -> Rest.object("addresses", List.of("tester@dest.example"))));
    add("GET campaigns/{id}/check", Recipe.at(Owner::draft));
    add("GET campaigns/{id}/preview", Recipe.at(Owner::draft));
    add("GET campaigns/{id}/progress", Recipe.at(Owner::campaign));
    add("GET dead-links", Recipe.plain());
    add("POST dead-links", Recipe.plain().body(Owner::deadLinkData));
    add("DELETE dead-links/{id}", Recipe.at(Owner::deadLink));
  }

  private void mailboxes() {
    add("GET backends", Recipe.plain());
    add("GET domains", Recipe.plain());
    add("POST domains", Recipe.plain().body(o -> Rest.object("name", o.newDomain())));
    add("GET domains/trusted", Recipe.plain());
    add("GET domains/link-hosts", Recipe.plain());
    add("GET domains/{id}", Recipe.at(Owner::domain).keeping(d -> d.path("name")));
    add("DELETE domains/{id}", Recipe.at(Owner::otherDomain));
    add("POST domains/{id}/verify", Recipe.at(Owner::otherDomain));
    add("POST domains/{id}/rotate-dkim", Recipe.at(Owner::otherDomain));
    add("GET mailboxes", Recipe.plain());
    add("POST mailboxes", Recipe.plain().body(o -> Owner.mailboxData(o.newAddress())));
    add("GET mailboxes/{id}", Recipe.at(Owner::mailbox).keeping(m -> m.path("address")));
    add(
        "PATCH mailboxes/{id}",
        Recipe.at(Owner::otherMailbox)
            .body(o -> Rest.object("secrets", Map.of("password", "another"))));
    add("DELETE mailboxes/{id}", Recipe.at(Owner::pausedMailbox));
    add(
        "POST mailboxes/{id}/pause",
        Recipe.at(Owner::otherMailbox).body(o -> Rest.object("reason", "Testing")));
    add("POST mailboxes/{id}/resume", Recipe.at(Owner::pausedMailbox));
    add("POST mailboxes/{id}/check", Recipe.at(Owner::mailbox));
    add("GET mailboxes/{id}/oauth", Recipe.at(Owner::otherMailbox));
    add(
        "POST mailboxes/{id}/oauth/start",
        Recipe.at(Owner::otherMailbox).body(o -> Rest.object("provider", Stage.PROVIDER)));
    add("POST mailboxes/import", Recipe.plain().body(Owner::mailboxFile));
    add("GET sending-pauses", Recipe.plain());
    add("POST sending-pauses", Recipe.plain().body(Owner::sendingPauseData));
    add("POST sending-pauses/{id}/resume", Recipe.at(Owner::sendingPause));
  }

  private void sending() {
    add("GET lanes", Recipe.plain());
    add("GET queue", Recipe.plain());
    add("GET sending-rates", Recipe.plain());
    add("GET dead-letters", Recipe.plain());
    add("GET dead-letters/reasons", Recipe.plain());
    add("POST dead-letters/requeue", Recipe.plain().body(o -> Rest.object("all", true)));
    add("GET throttles", Recipe.plain());
    add("GET mailbox-fallbacks/{mailbox}", Recipe.at(Owner::fallenBack));
    add(
        "PATCH mailbox-fallbacks/{mailbox}",
        Recipe.at(Owner::otherMailbox).body(o -> Owner.fallbackData()));
    add("POST mailbox-fallbacks/{mailbox}/{fallback}/check", Recipe.atAll(Owner::fallback));
    add("GET messages", Recipe.plain());
    add("GET messages/{id}", Recipe.at(Owner::message));
    add("POST messages", Recipe.plain().body(Owner::messageData));
    add(
        "POST messages/batch",
        Recipe.plain().body(o -> Rest.object("messages", List.of(o.messageData()))));
    add("POST messages/{id}/cancel", Recipe.at(Owner::scheduledMessage));
    add(
        "POST messages/requeue",
        Recipe.plain().body(o -> Rest.object("message_ids", List.of(o.deadLetter()))));
    add("GET sandbox-messages", Recipe.plain());
    add("GET sandbox-messages/{id}", Recipe.at(Owner::caughtMail));
    add("GET sandbox-messages/{id}/source", Recipe.at(Owner::caughtMail));
    add("DELETE sandbox-messages", Recipe.plain());
  }

  private void tenants() {
    add("GET tenants", Recipe.plain());
    add("POST tenants", Recipe.plain().body(Owner::tenantData));
    add("GET tenants/{id}", Recipe.at(Owner::freshTenant));
    add("PATCH tenants/{id}", Recipe.at(Owner::freshTenant).body(o -> Rest.object("weight", 3)));
    add(
        "POST tenants/{id}/suspend",
        Recipe.at(Owner::freshTenant).body(o -> Rest.object("reason", "Testing")));
    add("POST tenants/{id}/resume", Recipe.at(Owner::suspendedTenant));
    add("GET tenant-seals/{id}", Recipe.at(Owner::sealedTenant));
    add(
        "PUT tenant-seals/{id}",
        Recipe.at(Owner::sealedTenant).body(o -> Rest.object("reason", "Testing")));
    add("DELETE tenant-seals/{id}", Recipe.at(Owner::sealedTenant));
    add(
        "POST tenants/{id}/api-keys",
        Recipe.at(Owner::freshTenant).body(o -> Owner.keyData("inbox")));
    add("GET tenants/{id}/subscription", Recipe.at(Owner::freshTenant));
    add(
        "PUT tenants/{id}/subscription",
        Recipe.at(Owner::freshTenant).body(o -> Rest.object("plan", "professional")));
    add(
        "PUT tenants/{id}/entitlements/{entitlement}",
        Recipe.atAll(Owner::entitlement).body(o -> Rest.object("limit", 7)));
    add("DELETE tenants/{id}/entitlements/{entitlement}", Recipe.atAll(Owner::entitlement));
    add("PUT plans/{code}", Recipe.at(o -> "isolated").body(o -> Owner.planData()));
  }

  private void people() {
    add("GET members", Recipe.plain());
    add("GET members/{id}", Recipe.at(Owner::member));
    add("PATCH members/{id}", Recipe.at(Owner::member).body(o -> Rest.object("role", "viewer")));
    add(
        "PUT members/{id}/workspaces",
        Recipe.at(Owner::member).body(o -> Rest.object("workspace_ids", List.of(o.workspace()))));
    add("DELETE members/{id}", Recipe.at(Owner::member));
    add("GET invitations", Recipe.plain());
    add("POST invitations", Recipe.plain().body(Owner::invitationData));
    add("GET invitations/{id}", Recipe.at(Owner::invitation));
    add("POST invitations/{id}/resend", Recipe.at(Owner::invitation));
    add("DELETE invitations/{id}", Recipe.at(Owner::invitation));
    add("POST users", Recipe.plain().body(Owner::userData));
    add("POST users/unlock", Recipe.plain().body(Owner::lockedData));
    add("GET system-mailbox", Recipe.plain());
    add(
        "PUT system-mailbox",
        Recipe.plain().body(o -> Rest.object("mailbox_id", o.otherMailbox())));
  }

  private void backendVersions() {
    add("GET backend-versions", Recipe.plain());
    add(
        "POST backend-versions/{backend}/move",
        Recipe.at(o -> "sandbox").body(o -> Map.of("version", o.sandboxVersion())));
    add("POST backend-versions/{backend}/return", Recipe.at(o -> "sandbox"));
    add("POST backend-versions/{backend}/settle", Recipe.at(o -> "sandbox"));
  }

  private void hosts() {
    add("GET secrets", Recipe.plain());
    add("GET secrets/{id}", Recipe.at(Owner::secret));
    add("DELETE secrets/{id}/versions/{version}", Recipe.atAll(Owner::secretVersion));
    add("PUT secrets/{id}/versions/{version}", Recipe.atAll(Owner::secretVersion));
    add("GET hosts", Recipe.plain());
    add("POST hosts", Recipe.plain().body(Owner::hostData));
    add("GET hosts/{id}", Recipe.at(Owner::host));
    add(
        "PATCH hosts/{id}",
        Recipe.at(Owner::otherHost).body(o -> Rest.object("name", o.newName())));
    add("DELETE hosts/{id}", Recipe.at(Owner::otherHost));
    add("POST hosts/{id}/scan", Recipe.at(Owner::host));
    add(
        "POST hosts/{id}/pin",
        Recipe.at(Owner::otherHost)
            .body(o -> Rest.object("fingerprint", SshHost.get().fingerprint())));
    add("GET host-health/{host}", Recipe.at(Owner::lookedAtHost).keeping(Recipes::checks));
    add("POST host-health/{host}/check", Recipe.at(Owner::host));
    add("GET hosts/{id}/keys", Recipe.at(Owner::host));
    add("POST hosts/{id}/keys", Recipe.at(Owner::otherHost).body(o -> SshHost.get().keyData()));
    add("GET hosts/{id}/keys/{key}", Recipe.atAll(Owner::hostKey));
    add(
        "POST hosts/{id}/keys/{key}/rotate",
        Recipe.atAll(Owner::hostKey).body(o -> Map.of("grace_hours", 1)));
    add(
        "POST hosts/{id}/keys/{key}/revoke",
        Recipe.atAll(Owner::hostKey).body(o -> Rest.object("incident_id", "INC-7")));
  }

  private void rotations() {
    add("GET host-passwords/{host}", Recipe.at(Owner::host));
    add(
        "POST host-passwords/{host}",
        Recipe.at(Owner::host).body(o -> Owner.hostPasswordData(o.otherMailbox())));
    add("GET host-passwords/{host}/{id}", Recipe.atAll(Owner::hostPassword));
    add("DELETE host-passwords/{host}/{id}", Recipe.atAll(Owner::hostPassword));
    add("GET rotating-secrets", Recipe.plain());
    add("GET rotating-secrets/{id}", Recipe.at(Owner::rotatingSecret));
    add(
        "PATCH rotating-secrets/{id}",
        Recipe.at(Owner::rotatingSecret).body(o -> Rest.object("days", 90)));
    add(
        "POST rotating-secrets/{id}/rotate",
        Recipe.at(Owner::rotatingSecret).body(o -> Rest.object("grace_hours", 1)));
    add("POST rotating-secrets/rotate", Recipe.plain().body(o -> Rest.object("due", "overdue")));
    add("GET rotations", Recipe.plain());
    add("GET rotations/{id}", Recipe.at(Owner::rotation));
    add("POST rotations/{id}/take-back", Recipe.at(Owner::rotation));
  }

  /** Times and what a provider does change by themselves. */
  private static Object checks(JsonNode health) {
    return health.findValuesAsText("check");
  }

  private static Object stopped(JsonNode job) {
    return STOPPED.contains(job.path("state").asText());
  }

  private void add(String operation, Recipe recipe) {
    all.put(operation.replace(" ", " " + API), recipe);
  }
}
