// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.canary;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A secret that must not be found.
 *
 * @param kind what it is, which may be told
 * @param value the secret
 * @param chosen whether a person chose it, so that not even its plain digest may be kept
 */
record Mark(String kind, String value, boolean chosen) {

  /** What the kinds of those begin with that stand in a mail. */
  static final String MAILED = "mailed: ";

  private static final String BASE32 = "[A-Z2-7]{16,}";

  /** Returns the ways in which somebody may have written it, by their names. */
  Map<String, byte[]> forms() {
    Map<String, byte[]> forms = new LinkedHashMap<>();
    written(forms, "", value.getBytes(UTF_8));
    forms.put("UTF-16LE", value.getBytes(UTF_16LE));
    forms.put("UTF-16BE", value.getBytes(UTF_16BE));
    forms.put("URL", URLEncoder.encode(value, UTF_8).getBytes(UTF_8));
    forms.put("URL with %20", URLEncoder.encode(value, UTF_8).replace("+", "%20").getBytes(UTF_8));
    forms.put("JSON", json(value).getBytes(UTF_8));
    forms.put("JSON in JSON", json(json(value)).getBytes(UTF_8));
    forms.put("HTML", html(value).getBytes(UTF_8));
    forms.put("reversed", new StringBuilder(value).reverse().toString().getBytes(UTF_8));
    if (value.matches(BASE32)) {
      written(forms, "decoded ", base32(value));
    }
    String[] digests = {"MD5", "SHA-1", "SHA-256", "SHA-512"};
    for (String digest : chosen ? digests : new String[0]) {
      written(forms, digest + " ", digest(digest));
    }
    return forms;
  }

  private static void written(Map<String, byte[]> forms, String name, byte[] octets) {
    forms.put(name + "as it is", octets);
    String hex = HexFormat.of().formatHex(octets);
    forms.put(name + "hex", hex.getBytes(UTF_8));
    forms.put(name + "HEX", hex.toUpperCase(Locale.ROOT).getBytes(UTF_8));
    for (int before = 0; before < 3; before++) {
      forms.put(name + "base64 " + before, base64(Base64.getEncoder(), octets, before));
      forms.put(name + "base64url " + before, base64(Base64.getUrlEncoder(), octets, before));
    }
  }

  /** Leaves out the characters that depend on what stands before and behind it. */
  private static byte[] base64(Base64.Encoder encoder, byte[] octets, int before) {
    byte[] shifted = new byte[before + octets.length];
    System.arraycopy(octets, 0, shifted, before, octets.length);
    byte[] text = encoder.withoutPadding().encode(shifted);
    int whole = shifted.length / 3 * 4;
    return Arrays.copyOfRange(text, before == 0 ? 0 : 4, whole);
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("/", "\\/");
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }

  private static byte[] base32(String text) {
    byte[] octets = new byte[text.length() * 5 / 8];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (char next : text.toCharArray()) {
      held = (held << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(next)) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        octets[at++] = (byte) (held >> bits);
      }
    }
    return octets;
  }

  private byte[] digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm).digest(value.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return kind;
  }
}
