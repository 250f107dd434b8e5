// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.secrets.SecretCatalogue.Entry;
import io.rookery.rest.internal.dto.SecretDtos.SecretView;
import io.rookery.rest.internal.dto.SecretDtos.VersionView;
import io.rookery.spi.secrets.SecretMetadata.Version;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SecretDtosTest {

  @Test
  void aCompromisedVersionShouldBeFlaggedWithItsIncidentAndNoOther() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    List<Version> versions =
        List.of(new Version(1, noon, null, true), new Version(2, noon, null, false));
    Entry entry =
        new Entry(new UUID(0, 7), "smtp/a", "smtp", 2, noon, versions, Map.of(1, "INC-7"));
    assertThat(SecretView.of(entry).versions())
        .containsExactly(
            new VersionView(1, noon, null, true, true, "INC-7"),
            new VersionView(2, noon, null, false, false, null));
  }
}
