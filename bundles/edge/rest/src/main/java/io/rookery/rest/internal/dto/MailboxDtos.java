// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rookery.api.mailboxes.BackendDirectory.Backend;
import io.rookery.api.mailboxes.Mailbox;
import io.rookery.api.mailboxes.MailboxData;
import io.rookery.api.mailboxes.MailboxData.WhenInDoubt;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.plugin.Setting;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is said of mailboxes and backends. */
public final class MailboxDtos {

  private MailboxDtos() {}

  /** A mailbox; of its secrets only the names are shown. */
  @Schema(name = "Mailbox")
  public record MailboxView(
      UUID id,
      UUID workspaceId,
      String address,
      String displayName,
      String backend,
      Map<String, String> settings,
      List<String> secretSettings,
      int dailyLimit,
      long minimumGapMillis,
      WhenInDoubt whenInDoubt,
      String pausedReason,
      PauseCause pausedBy,
      Instant pausedUntil,
      RampDtos.RampView ramp,
      RampDtos.StandingView sending,
      Instant createdAt,
      long version)
      implements Identified, Versioned {

    /** Shows a mailbox and how it stands, which is null where that is not known. */
    public static MailboxView of(Mailbox m, Standing standing) {
      return new MailboxView(
          m.id(),
          m.workspaceId(),
          m.address(),
          m.displayName(),
          m.backend(),
          m.settings(),
          m.secretSettings().stream().sorted().toList(),
          m.dailyLimit(),
          m.minimumGapMillis(),
          m.whenInDoubt(),
          m.pausedReason(),
          m.pausedBy(),
          m.pausedUntil(),
          RampDtos.RampView.of(m),
          RampDtos.StandingView.of(standing),
          m.createdAt(),
          m.version());
    }
  }

  /** A mailbox to make or change; what is left out stays. Secrets are taken and never shown. */
  public record MailboxRequest(
      String address,
      String displayName,
      String backend,
      Map<String, String> settings,
      @Schema(accessMode = Schema.AccessMode.WRITE_ONLY) Map<String, String> secrets,
      @Schema(minimum = "1", maximum = "1000000") Integer dailyLimit,
      @Schema(minimum = "0") Long minimumGapMillis,
      WhenInDoubt whenInDoubt,
      RampDtos.RampRequest ramp,
      UUID workspaceId) {

    /** Returns a new mailbox for the service. */
    public MailboxData toNew() {
      new Checks().text("/address", address).text("/backend", backend).done();
      return toData();
    }

    /** Returns it for the service. */
    public MailboxData toData() {
      Checks checks = new Checks();
      checkValues(checks, "/settings/", settings);
      checkValues(checks, "/secrets/", secrets);
      checks.done();
      Map<String, Secret> wrapped =
          secrets == null
              ? null
              : secrets.entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, e -> Secret.of(e.getValue())));
      return new MailboxData(
          address,
          displayName,
          backend,
          settings,
          wrapped,
          dailyLimit,
          minimumGapMillis,
          whenInDoubt,
          ramp == null ? null : ramp.toRamp(),
          workspaceId);
    }

    private static void checkValues(Checks checks, String pointer, Map<String, String> values) {
      if (values != null) {
        values.forEach((name, value) -> checks.given(pointer + name, value));
      }
    }

    @Override
    public String toString() {
      return "MailboxRequest[" + backend + "]";
    }
  }

  /** That a mailbox could sign in. */
  public record CheckView(boolean ok) {}

  /** A backend that is installed. */
  @Schema(name = "Backend")
  public record BackendView(
      String name, String version, List<Capability> capabilities, List<SettingView> settings) {

    /** Shows a backend. */
    public static BackendView of(Backend b) {
      return new BackendView(
          b.name(),
          b.version(),
          b.capabilities().stream().sorted().toList(),
          b.settings().stream().map(SettingView::of).toList());
    }
  }

  /** A setting that a backend declares. */
  @Schema(name = "Setting")
  public record SettingView(
      String name,
      Setting.Type type,
      boolean required,
      @JsonProperty("default") String defaultValue,
      String description,
      List<String> choices) {

    static SettingView of(Setting s) {
      return new SettingView(
          s.name(), s.type(), s.required(), s.defaultValue(), s.description(), s.choices());
    }
  }
}
