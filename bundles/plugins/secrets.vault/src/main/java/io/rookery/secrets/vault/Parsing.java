// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.github.jopenlibs.vault.json.JsonObject;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what the KV engine answers. */
final class Parsing {

  private Parsing() {}

  static SecretVersion version(SecretPath path, Answer read) {
    return understood(
        path,
        () -> {
          JsonObject metadata = Answer.object(read.data(), "metadata");
          return new SecretVersion(
              metadata.get("version").asInt(),
              new SecretData(Kv.fields(read)),
              Instant.parse(metadata.getString("created_time", "")));
        });
  }

  static int written(SecretPath path, Answer write) {
    return understood(path, () -> write.data().get("version").asInt());
  }

  /** Empty where a secret has settings but no version. */
  static Optional<SecretMetadata> metadata(SecretPath path, Answer answer, Instant now) {
    return understood(
        path,
        () -> {
          int current = answer.data().get("current_version").asInt();
          List<SecretMetadata.Version> versions = new ArrayList<>();
          for (JsonObject.Member each : Answer.object(answer.data(), "versions")) {
            versions.add(
                version(Integer.parseInt(each.getName()), each.getValue().asObject(), now));
          }
          versions.sort(Comparator.comparingInt(SecretMetadata.Version::number));
          return current == 0
              ? Optional.empty()
              : Optional.of(new SecretMetadata(path, current, versions));
        });
  }

  private static SecretMetadata.Version version(int number, JsonObject known, Instant now) {
    String deletion = known.getString("deletion_time", "");
    Instant deletedAt = deletion.isEmpty() ? null : Instant.parse(deletion);
    return new SecretMetadata.Version(
        number,
        Instant.parse(known.getString("created_time", "")),
        // A time to come is that of a mount that deletes by age.
        deletedAt != null && deletedAt.isAfter(now) ? null : deletedAt,
        known.getBoolean("destroyed", false));
  }

  private static <T> T understood(SecretPath path, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (NullPointerException
        | UnsupportedOperationException
        | DateTimeException
        | IllegalArgumentException e) {
      throw Failures.unreadable(
          "What the secret store keeps at "
              + path
              + " is no secret of ours: written by another"
              + " program, or without a field");
    }
  }
}
