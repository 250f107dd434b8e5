// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.mailboxes.MailboxFallbacks.Fallback;
import io.rookery.api.mailboxes.MailboxFallbacks.FallbackData;
import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is said of mailboxes' fallbacks. */
public final class FallbackDtos {

  private FallbackDtos() {}

  /** A server that stands behind a mailbox's own; of its secrets only the names are shown. */
  @Schema(name = "MailboxFallback")
  public record FallbackView(
      UUID id,
      String backend,
      Map<String, String> settings,
      List<String> secretSettings,
      @Schema(description = "Whether the mailbox's mail goes by it now") boolean inUse) {

    /** Shows a fallback. */
    public static FallbackView of(Fallback f) {
      return new FallbackView(
          f.id(),
          f.backend(),
          f.settings(),
          f.secretSettings().stream().sorted().toList(),
          f.inUse());
    }
  }

  /** All fallbacks of a mailbox in their order, which take the place of those before. */
  @Schema(name = "MailboxFallbacks")
  public record FallbacksRequest(List<FallbackRequest> fallbacks) {

    /** Returns them for the service. */
    public List<FallbackData> toData() {
      Checks checks = new Checks().given("/fallbacks", fallbacks);
      checks.done();
      for (int i = 0; i < fallbacks.size(); i++) {
        checks.given("/fallbacks/" + i, fallbacks.get(i));
      }
      checks.done();
      for (int i = 0; i < fallbacks.size(); i++) {
        fallbacks.get(i).check(checks, "/fallbacks/" + i);
      }
      checks.done();
      return fallbacks.stream().map(FallbackRequest::toData).toList();
    }
  }

  /** A fallback; with the id of one that is there it keeps the secrets that are left out. */
  @Schema(name = "MailboxFallbackEntry")
  public record FallbackRequest(
      UUID id,
      String backend,
      Map<String, String> settings,
      @Schema(accessMode = Schema.AccessMode.WRITE_ONLY) Map<String, String> secrets) {

    void check(Checks checks, String place) {
      checks.text(place + "/backend", backend);
      check(checks, place + "/settings/", settings);
      check(checks, place + "/secrets/", secrets);
    }

    private static void check(Checks checks, String pointer, Map<String, String> values) {
      if (values != null) {
        values.forEach((name, value) -> checks.given(pointer + name, value));
      }
    }

    FallbackData toData() {
      Map<String, Secret> wrapped = new HashMap<>();
      if (secrets != null) {
        secrets.forEach((name, value) -> wrapped.put(name, Secret.of(value)));
      }
      return new FallbackData(id, backend, settings, wrapped);
    }

    @Override
    public String toString() {
      return "FallbackRequest[" + backend + "]";
    }
  }
}
