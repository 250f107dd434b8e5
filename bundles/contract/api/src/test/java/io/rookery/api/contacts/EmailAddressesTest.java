// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressesTest {

  /** Dot-atoms of RFC 5321 §4.1.2 and host names, as patterns: slow, and easy to read. */
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";

  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  @ParameterizedTest
  @CsvSource({
    "ada@example.com, ada@example.com",
    "' Ada.L+news@Example.COM ', Ada.L+news@example.com",
    "o'neil/x=y@a-b.example, o'neil/x=y@a-b.example",
    "grüße@bücher.example, grüße@xn--bcher-kva.example",
    "ada@XN--BCHER-KVA.example, ada@xn--bcher-kva.example",
    "用户@例え.jp, 用户@xn--r8jz45g.jp",
  })
  void addressShouldBeFoundInItsWireForm(String given, String wire) {
    assertThat(EmailAddresses.wire(given)).contains(wire);
    assertThat(EmailAddresses.normalised(given)).contains(wire.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ada",
        "@example.com",
        "ada@",
        "ada@localhost",
        "ada@example..com",
        "ada@.example.com",
        "ada@example.com.",
        "ada@-a.example",
        "ada@a-.example",
        "ada@a_b.example",
        ".ada@example.com",
        "ada.@example.com",
        "a..da@example.com",
        "a da@example.com",
        "ada\u200B@example.com",
        "ada\r\nBcc: x@example.com",
        "\"ada\"@example.com",
        "ada@[127.0.0.1]",
        "a(b)@example.com"
      })
  void whatIsNoAddressShouldBeRefused(String given) {
    assertThat(EmailAddresses.wire(given)).isEmpty();
  }

  @Test
  void partsThatAreTooLongShouldBeRefused() {
    String local = "a".repeat(64);
    assertThat(EmailAddresses.wire(local + "@example.com")).isPresent();
    assertThat(EmailAddresses.wire(local + "a@example.com")).isEmpty();
    assertThat(EmailAddresses.wire("ü".repeat(33) + "@example.com")).isEmpty();
    String label = "b".repeat(63);
    assertThat(EmailAddresses.wire("a@" + label + ".example")).isPresent();
    assertThat(EmailAddresses.wire("a@" + label + "b.example")).isEmpty();
    assertThat(EmailAddresses.wire("a@" + (label + ".").repeat(4) + "example")).isEmpty();
    assertThat(EmailAddresses.wire(null)).isEmpty();
  }

  @Test
  void asciiShouldBeJudgedAsThePatternsJudgeIt() {
    Random random = new Random(11);
    int good = 0;
    for (int i = 0; i < 100_000; i++) {
      String local = text(random, "abcZ09.-+'\"~", 1 + random.nextInt(6));
      String address = local + "@" + text(random, "abcZ09..-_", random.nextInt(12));
      boolean expected = slow(address);
      assertThat(EmailAddresses.wire(address).isPresent()).as(address).isEqualTo(expected);
      good += expected ? 1 : 0;
    }
    assertThat(good).isGreaterThan(1_000);
  }

  private static String text(Random random, String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static boolean slow(String address) {
    int at = address.lastIndexOf('@');
    try {
      String domain =
          IDN.toASCII(address.substring(at + 1), IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return address.substring(0, at).matches(ATOM + "(\\." + ATOM + ")*")
          && domain.matches("(" + LABEL + "\\.)+" + LABEL);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
