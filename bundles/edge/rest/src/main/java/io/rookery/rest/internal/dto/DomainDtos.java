// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.DkimKey.Algorithm;
import io.rookery.api.mailboxes.DkimSelector;
import io.rookery.api.mailboxes.DomainRecord;
import io.rookery.api.mailboxes.DomainService.DomainTrust;
import io.rookery.api.mailboxes.RecordPurpose;
import io.rookery.api.mailboxes.RecordVerdict;
import io.rookery.api.mailboxes.SendingDomain;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is said of domains. */
public final class DomainDtos {

  private DomainDtos() {}

  /** A domain to make. */
  public record DomainRequest(@Schema(example = "heron.example") String name, UUID workspaceId) {

    /** Returns the name for the service. */
    public String toName() {
      new Checks().text("/name", name).longest("/name", name, 253).done();
      return name;
    }
  }

  /** A domain that the tenant sends for, with the records that it should have. */
  @Schema(name = "Domain")
  public record DomainView(
      UUID id,
      UUID workspaceId,
      String name,
      SendingDomain.State state,
      String returnPathHost,
      String trackingHost,
      List<SelectorView> dkimSelectors,
      List<RecordView> records,
      Instant checkedAt,
      Instant verifiedAt,
      Instant driftingSince,
      Instant failingAt,
      Instant createdAt,
      long version)
      implements Identified, Versioned {

    /** Shows a domain. */
    public static DomainView of(SendingDomain d) {
      return new DomainView(
          d.id(),
          d.workspaceId(),
          d.name(),
          d.state(),
          d.returnPathHost(),
          d.trackingHost(),
          d.selectors().stream().map(SelectorView::of).toList(),
          d.records().stream().map(RecordView::of).toList(),
          d.checkedAt(),
          d.verifiedAt(),
          d.driftingSince(),
          d.failingAt(),
          d.createdAt(),
          d.version());
    }
  }

  /** A DKIM selector; its private key is never shown. */
  @Schema(name = "DkimSelector")
  public record SelectorView(
      String name, Algorithm algorithm, Instant createdAt, Instant publishedAt, Instant retiredAt) {

    static SelectorView of(DkimSelector s) {
      return new SelectorView(
          s.name(), s.algorithm(), s.createdAt(), s.publishedAt(), s.retiredAt());
    }
  }

  /**
   * A DNS record that a domain should have.
   *
   * @param value what it should say, or null where the operator has not configured it, and where an
   *     SPF record has to be added to one that is not known; the note says what to add
   * @param strings the value of a long TXT record in strings of at most 255 bytes, for servers that
   *     want them apart
   */
  @Schema(name = "DomainRecord")
  public record RecordView(
      RecordPurpose purpose,
      String host,
      String type,
      String value,
      List<String> strings,
      boolean required,
      String note,
      RecordVerdict verdict,
      List<String> found,
      String advice) {

    static RecordView of(DomainRecord r) {
      return new RecordView(
          r.purpose(),
          r.host(),
          r.type(),
          r.value(),
          r.type().equals("TXT") && r.value() != null ? split(r.value()) : List.of(),
          r.required(),
          r.note(),
          r.verdict(),
          r.found(),
          r.advice());
    }

    /** What we have people publish is ASCII, so that characters are bytes. */
    private static List<String> split(String value) {
      List<String> strings = new ArrayList<>();
      for (int at = 0; at < value.length(); at += DomainRecord.LONGEST_STRING) {
        strings.add(
            value.substring(at, Math.min(value.length(), at + DomainRecord.LONGEST_STRING)));
      }
      return strings;
    }
  }

  /** A domain that the operator trusts for the tenant. */
  @Schema(name = "TrustedDomain")
  public record TrustView(UUID id, String domain, String trustedBy, Instant trustedAt) {

    /** Shows the operator's word. */
    public static TrustView of(DomainTrust d) {
      return new TrustView(d.id(), d.domain(), d.trustedBy(), d.trustedAt());
    }
  }
}
