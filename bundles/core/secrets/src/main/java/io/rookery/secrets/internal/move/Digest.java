// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** SHA-256 over what a version of a secret holds, by which two stores are compared. */
final class Digest {

  private Digest() {}

  /** Returns the digest of fields, in whichever order a store gives them. */
  static String of(SecretData data) {
    MessageDigest digest = sha256();
    for (Map.Entry<String, Secret> field : new TreeMap<>(data.fields()).entrySet()) {
      add(digest, field.getKey());
      add(digest, field.getValue().reveal());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Lengths stand before texts, so that no two secrets run together to the same bytes. */
  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
