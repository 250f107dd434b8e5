// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostData;
import io.rookery.api.hosts.HostKey;
import io.rookery.api.hosts.PresentedKey;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/** What is said of hosts. */
public final class HostDtos {

  private static final String FINGERPRINT = "^" + HostKey.FORM + "$";

  private HostDtos() {}

  /** A machine that is reached by SSH. */
  @Schema(name = "Host")
  public record HostView(
      UUID id,
      String name,
      String address,
      int port,
      HostKeyView hostKey,
      Instant pinnedAt,
      Instant createdAt,
      long version)
      implements Identified, Versioned {

    /** Shows a host. */
    public static HostView of(Host h) {
      return new HostView(
          h.id(),
          h.name(),
          h.address(),
          h.port(),
          h.hostKey() == null ? null : HostKeyView.of(h.hostKey()),
          h.pinnedAt(),
          h.createdAt(),
          h.version());
    }
  }

  /** A host's public key, told by its fingerprint; the type is null until the host has shown it. */
  @Schema(name = "HostKey")
  public record HostKeyView(String type, String fingerprint) {

    static HostKeyView of(HostKey k) {
      return new HostKeyView(k.type(), k.fingerprint());
    }
  }

  /** The host key that a host shows now. */
  @Schema(name = "PresentedHostKey")
  public record PresentedView(String type, String fingerprint, boolean pinned) {

    /** Shows a key. */
    public static PresentedView of(PresentedKey p) {
      return new PresentedView(p.hostKey().type(), p.hostKey().fingerprint(), p.pinned());
    }
  }

  /** What was last seen of one side of a host. */
  @Schema(name = "HostCheck")
  public record HostCheckView(
      HostCheck.Check check,
      HostCheck.State state,
      String code,
      String detail,
      Instant checkedAt,
      Instant changedAt) {

    /** Shows what was seen. */
    public static HostCheckView of(HostCheck c) {
      return new HostCheckView(
          c.check(), c.state(), c.code(), c.detail(), c.checkedAt(), c.changedAt());
    }
  }

  /** A host to register. */
  public record HostRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, maxLength = 100, example = "mx1")
          String name,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              maxLength = 253,
              example = "mx1.heron.example")
          String address,
      @Schema(minimum = "1", maximum = "65535", defaultValue = "22") Integer port,
      @Schema(
              pattern = FINGERPRINT,
              description = "The host key that it must show, where it is known already")
          String fingerprint) {

    /** Returns it for the service. */
    public HostData toData() {
      new Checks().text("/name", name).text("/address", address).done();
      return new HostData(name, address, port, fingerprint);
    }
  }

  /** A change of a host; what is left out stays. */
  public record HostPatch(
      @Schema(maxLength = 100) String name,
      @Schema(maxLength = 253) String address,
      @Schema(minimum = "1", maximum = "65535") Integer port) {

    /** Returns it for the service. */
    public HostData toData() {
      return new HostData(name, address, port, null);
    }
  }

  /** The host key that is to be pinned. */
  public record PinRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, pattern = FINGERPRINT)
          String fingerprint) {}
}
