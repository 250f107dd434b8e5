// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Verifies DKIM signatures slowly, by the words of RFC 6376 §3.4 and §3.7 and with nothing of the
 * product's. Octets are read as ISO 8859-1, so that they stay what they are.
 */
final class NaiveVerifier {

  private final List<String> fields = new ArrayList<>();
  private final String body;

  NaiveVerifier(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1);
    int empty = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n") + 2;
    for (String field : text.substring(0, empty).split("\r\n(?![ \t])")) {
      fields.add(field);
    }
    body = text.substring(empty + 2);
  }

  /** Returns the signature fields from the top, with their tags. */
  List<Map<String, String>> signatures() {
    return fields.stream()
        .filter(field -> field.startsWith("DKIM-Signature:"))
        .map(field -> tags(field.substring(15)))
        .toList();
  }

  private static Map<String, String> tags(String value) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (String tag : value.split(";")) {
      int equals = tag.indexOf('=');
      tags.put(tag.substring(0, equals).strip(), tag.substring(equals + 1).strip());
    }
    return tags;
  }

  /** Returns whether a signature from the top is one of a key and covers what stands there. */
  boolean verifies(int index, PublicKey key) throws GeneralSecurityException {
    Map<String, String> tags = signatures().get(index);
    byte[] digest = sha256(body(body));
    if (!Base64.getEncoder().encodeToString(digest).equals(tags.get("bh"))) {
      return false;
    }
    List<String> left = new ArrayList<>(fields);
    StringBuilder signed = new StringBuilder();
    for (String name : tags.get("h").split(":")) {
      for (int i = left.size() - 1; i >= 0; i--) {
        if (name(left.get(i)).equals(name.strip().toLowerCase(Locale.ROOT))) {
          signed.append(header(left.remove(i))).append("\r\n");
          break;
        }
      }
    }
    String own = fields.stream().filter(f -> f.startsWith("DKIM-Signature:")).toList().get(index);
    signed.append(header(own.replaceAll("(?s)b=[^=;]*=*$", "b=")));
    byte[] octets = signed.toString().getBytes(StandardCharsets.ISO_8859_1);
    boolean rsa = tags.get("a").equals("rsa-sha256");
    Signature verifier = Signature.getInstance(rsa ? "SHA256withRSA" : "Ed25519");
    verifier.initVerify(key);
    verifier.update(rsa ? octets : sha256(octets));
    return verifier.verify(Base64.getDecoder().decode(tags.get("b").replaceAll("\\s", "")));
  }

  private static byte[] sha256(byte[] octets) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(octets);
  }

  private static String name(String field) {
    return field.substring(0, field.indexOf(':')).strip().toLowerCase(Locale.ROOT);
  }

  /** Returns a field in its relaxed form, without a line end. */
  static String header(String field) {
    String value = field.substring(field.indexOf(':') + 1).replace("\r\n", "");
    return name(field) + ":" + value.replaceAll("[ \t]+", " ").replaceAll("^ | $", "");
  }

  /** Returns a body in its relaxed form. */
  static byte[] body(String body) {
    String text = body.replaceAll("[ \t]+(?=\r\n|$)", "").replaceAll("[ \t]+", " ");
    text = text.replaceAll("(\r\n)*$", "");
    return (text.isEmpty() ? "" : text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
