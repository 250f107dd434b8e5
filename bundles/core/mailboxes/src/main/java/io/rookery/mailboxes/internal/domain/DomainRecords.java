// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.mailboxes.internal.check.CheckResult;
import io.rookery.mailboxes.internal.check.DkimCheck;
import io.rookery.mailboxes.internal.check.DomainSettings;
import io.rookery.mailboxes.internal.check.SpfText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records that a domain should have, each with what was last seen of it. */
final class DomainRecords {

  private static final String NOT_CONFIGURED =
      "The operator has not configured this yet, so it cannot be checked";

  private final DomainRow row;
  private final DomainSettings settings;
  private final Requirements needs;
  private final List<DomainRecord> records = new ArrayList<>();

  private DomainRecords(DomainRow row, DomainSettings settings) {
    this.row = row;
    this.settings = settings;
    this.needs = Requirements.of(row.name(), row.returnPathHost(), row.selectors(), settings);
  }

  static List<DomainRecord> of(DomainRow row, DomainSettings settings, Instant now) {
    DomainRecords records = new DomainRecords(row, settings);
    row.selectors().all().forEach(selector -> records.dkim(selector, now));
    records.returnPath();
    records.ownSpf();
    records.dmarc();
    records.tracking();
    return records.records;
  }

  private void dkim(DkimSelector selector, Instant now) {
    String host = DkimCheck.host(selector.name(), row.name());
    boolean over = row.selectors().outOfUse(now).contains(selector);
    String note =
        switch (selector.algorithm()) {
          case RSA_SHA256 -> "The key that all receivers check; proves that the domain is yours";
          case ED25519_SHA256 -> "The shorter key beside it, for receivers that know Ed25519";
        };
    if (over) {
      note = "Out of use: empty it, or take it away";
    } else if (selector.retiredAt() != null) {
      note = "A newer one signs; leave it until " + selector.retiredAt().plus(DkimCheck.GRACE);
    }
    add(RecordPurpose.DKIM, host, "TXT", over ? "v=DKIM1; p=" : DkimCheck.value(selector), note);
  }

  /** A CNAME, so that the operator may change servers without a word to tenants. */
  private void returnPath() {
    String host = row.returnPathHost();
    Optional<String> spf = SpfText.alone(settings);
    if (settings.returnPathTarget() != null) {
      String note = "Where bounces go; the MX and SPF behind it are the operator's";
      add(RecordPurpose.RETURN_PATH, host, "CNAME", settings.returnPathTarget(), note);
    } else if (settings.mx().isEmpty() && spf.isEmpty()) {
      add(RecordPurpose.RETURN_PATH, host, "CNAME", null, NOT_CONFIGURED);
    }
    if (settings.returnPathTarget() == null) {
      settings.mx().forEach(mx -> add(RecordPurpose.MX, host, "MX", "10 " + mx, "Takes bounces"));
      spf.ifPresent(text -> add(RecordPurpose.SPF, host, "TXT", text, "Who sends mail for you"));
    } else {
      seen(RecordPurpose.MX, host, "MX");
      seen(RecordPurpose.SPF, host, "TXT");
    }
  }

  /** What stands behind the CNAME is shown once it was looked at, and is not for the tenant. */
  private void seen(RecordPurpose purpose, String host, String type) {
    if (result(purpose, host) != null) {
      add(purpose, host, type, null, "Comes with the CNAME; nothing to publish");
    }
  }

  private void ownSpf() {
    Optional<String> terms = settings.spfTerms();
    Optional<String> value = ownSpfValue();
    String note = NOT_CONFIGURED;
    if (terms.isPresent()) {
      String what =
          value.isPresent()
              ? "where there is one, this takes its place"
              : "add " + terms.get() + " to the record that stands there";
      note =
          "Needed only where mail leaves with the domain itself as envelope sender. One SPF record"
              + " a name: "
              + what;
    }
    add(RecordPurpose.SPF, row.name(), "TXT", value.orElse(null), note);
  }

  /** A whole record is offered only where it is known what it would take the place of. */
  private Optional<String> ownSpfValue() {
    CheckResult last = result(RecordPurpose.SPF, row.name());
    if (last == null) {
      return Optional.empty();
    } else if (last.verdict() == RecordVerdict.MISSING) {
      return SpfText.merged(null, settings);
    }
    return last.only().flatMap(existing -> SpfText.merged(existing, settings));
  }

  private void dmarc() {
    String reports =
        settings.dmarcReports() == null ? "dmarc-reports@" + row.name() : settings.dmarcReports();
    add(
        RecordPurpose.DMARC,
        "_dmarc." + row.name(),
        "TXT",
        "v=DMARC1; p=none; rua=mailto:" + reports,
        "To begin with, where no DMARC record applies yet; the reports need an address that exists");
  }

  private void tracking() {
    String target = settings.trackingTarget();
    String note = target == null ? NOT_CONFIGURED : "The host that links in your mail lead to";
    add(RecordPurpose.TRACKING_HOST, row.trackingHost(), "CNAME", target, note);
  }

  private void add(RecordPurpose purpose, String host, String type, String value, String note) {
    CheckResult result = result(purpose, host);
    records.add(
        new DomainRecord(
            purpose,
            host,
            type,
            value,
            needs.includes(purpose, host)
                || (purpose == RecordPurpose.RETURN_PATH && settings.hasReturnPath()),
            note,
            result == null ? null : result.verdict(),
            result == null ? List.of() : result.found(),
            result == null ? null : result.advice()));
  }

  private CheckResult result(RecordPurpose purpose, String host) {
    return row.checks().stream()
        .filter(check -> check.isAbout(purpose, host))
        .findFirst()
        .orElse(null);
  }
}
