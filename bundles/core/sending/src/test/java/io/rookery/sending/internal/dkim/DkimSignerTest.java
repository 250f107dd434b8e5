// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.crypto.Signatures;
import io.rookery.crypto.internal.SignaturesImpl;
import io.rookery.kernel.RookeryException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Has what the signer signs verified by slow means that are not the product's. */
class DkimSignerTest {

  private static final Instant AT = Instant.parse("2026-11-24T10:15:30.9Z");
  private static final Signatures SIGNATURES = new SignaturesImpl();
  private static final String PLAIN =
      "From: a@example.com\r\nTo: b@example.org\r\nSubject: s\r\n\r\nbody\r\n";

  private static Keys keys;

  @BeforeAll
  static void makeKeys() throws Exception {
    keys = new Keys();
  }

  @Test
  void bothSignaturesShouldVerifyAndTheMessageShouldFollowUnchanged() throws Exception {
    byte[] signed = sign(PLAIN);
    NaiveVerifier verifier = new NaiveVerifier(signed);

    assertThat(verifier.verifies(0, keys.rsa.getPublic())).isTrue();
    assertThat(verifier.verifies(1, keys.ed25519.getPublic())).isTrue();
    assertThat(new String(signed, StandardCharsets.US_ASCII)).endsWith("\r\n" + PLAIN);
    assertThat(verifier.signatures())
        .extracting(tags -> tags.get("a") + " " + tags.get("s"))
        .containsExactly("rsa-sha256 s-r", "ed25519-sha256 s-e");
    Map<String, String> tags = verifier.signatures().get(0);
    assertThat(tags.keySet()).containsExactly("v", "a", "c", "d", "s", "h", "t", "bh", "b");
    assertThat(tags)
        .containsEntry("d", "example.com")
        .containsEntry("c", "relaxed/relaxed")
        .containsEntry("t", Long.toString(AT.getEpochSecond()));
  }

  @Test
  void whatStandsThereShouldBeListedAndWhatNobodyMayAddOnceMore() {
    String message =
        "from: a@example.com\r\nTO: b@example.org\r\nSubject : s\r\nX-Other: x\r\n"
            + "List-Unsubscribe: <https://x.example/u>\r\n"
            + "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            + "Reply-To: c@example.com\r\nReply-To: d@example.com\r\n\r\n";
    List<String> listed = listed(sign(message));

    assertThat(listed)
        .containsExactly(
            "From",
            "From",
            "To",
            "To",
            "Cc",
            "Subject",
            "Subject",
            "Date",
            "Message-ID",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Reply-To",
            "Reply-To",
            "Reply-To",
            "In-Reply-To",
            "References",
            "List-Unsubscribe",
            "List-Unsubscribe-Post");
  }

  @Test
  void noLineOfASignatureShouldBeLong() {
    List<DkimKey> longNames = keys.of("a".repeat(60) + "." + "b".repeat(60) + ".example", "s");
    byte[] signed = new DkimSigner(SIGNATURES, longNames).sign(octets(PLAIN), AT);

    assertThat(new String(signed, StandardCharsets.US_ASCII).lines())
        .allMatch(line -> line.length() <= 135);
    assertThat(new String(sign(PLAIN), StandardCharsets.US_ASCII).lines())
        .allMatch(line -> line.length() <= 78);
  }

  @Test
  void anyMessageShouldVerify() throws Exception {
    Random random = new Random(6376);
    DkimSigner signer = new DkimSigner(SIGNATURES, keys.of("example.com", "s"));
    String[] names = {"From", "to", "SUBJECT", "Date", "Cc", "X-Other", "References", "List-Id"};
    String[] words = {" ", "\t", "\r\n ", "\r\n\t", "a", "\u00fc", "word", ":", ";", "  "};
    for (int i = 0; i < 300; i++) {
      StringBuilder message = new StringBuilder();
      for (int n = random.nextInt(20); n >= 0; n--) {
        message
            .append(names[random.nextInt(names.length)])
            .append(random.nextInt(9) > 0 ? ":" : " :");
        message.append("x");
        for (int w = random.nextInt(9); w > 0; w--) {
          message.append(words[random.nextInt(words.length)]);
        }
        message.append("y\r\n");
      }
      message.append("\r\n").append("b  \r\n".repeat(random.nextInt(3)));
      byte[] signed = signer.sign(octets(message.toString()), AT);
      NaiveVerifier verifier = new NaiveVerifier(signed);

      assertThat(verifier.verifies(0, keys.rsa.getPublic())).as("%s", message).isTrue();
      assertThat(verifier.verifies(1, keys.ed25519.getPublic())).as("%s", message).isTrue();
    }
  }

  @Test
  void aFieldThatStandsThereVeryOftenShouldBeSignedAsOften() throws Exception {
    byte[] signed = sign("From: a@example.com\r\n" + "To: b@example.org\r\n".repeat(40) + "\r\n");

    assertThat(listed(signed)).filteredOn("To"::equals).hasSize(41);
    assertThat(new NaiveVerifier(signed).verifies(0, keys.rsa.getPublic())).isTrue();
  }

  @Test
  void whatIsChangedOrAddedOnTheWayShouldShow() throws Exception {
    String signed = new String(sign(PLAIN), StandardCharsets.ISO_8859_1);
    List<String> changed =
        List.of(
            signed.replace("Subject: s", "Subject: t"),
            signed.replace("body", "bodY"),
            signed.replace("\r\nbody\r\n", "\r\nbody\r\nmore\r\n"),
            "From: c@example.com\r\n" + signed,
            signed.replace("Subject: s\r\n", "Subject: s\r\nCc: c@example.org\r\n"),
            signed.replace("t=" + AT.getEpochSecond(), "t=" + (AT.getEpochSecond() + 1)));
    for (String message : changed) {
      assertThat(message).isNotEqualTo(signed);
      NaiveVerifier verifier = new NaiveVerifier(octets(message));
      assertThat(verifier.verifies(0, keys.rsa.getPublic())).as(message).isFalse();
    }
  }

  @Test
  void aMessageWithoutBodyOrWithoutItsLastLineEndShouldVerify() throws Exception {
    for (String message :
        List.of("From: a@example.com\r\n\r\n", "From: a@example.com\r\n\r\nno end", PLAIN)) {
      NaiveVerifier verifier = new NaiveVerifier(sign(message));
      assertThat(verifier.verifies(0, keys.rsa.getPublic())).as(message).isTrue();
    }
  }

  @Test
  void manyThreadsShouldSignAtATime() {
    DkimSigner signer = new DkimSigner(SIGNATURES, keys.of("example.com", "s"));
    boolean all =
        IntStream.range(0, 200)
            .parallel()
            .allMatch(
                i -> {
                  String message = PLAIN.replace("body", "body " + "x".repeat(i));
                  try {
                    return new NaiveVerifier(signer.sign(octets(message), AT))
                        .verifies(1, keys.ed25519.getPublic());
                  } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(all).isTrue();
  }

  @Test
  void withoutAKeyAMessageShouldStayAsItIs() {
    byte[] message = octets(PLAIN);

    assertThat(new DkimSigner(SIGNATURES, List.of()).sign(message, AT)).isSameAs(message);
  }

  @Test
  void aDomainThatIsNoneShouldSignNothing() {
    for (String domain :
        List.of("example.com; x=y", "example.com\r\nBcc: c@x", "", "b\u00fc.example")) {
      assertThatThrownBy(() -> new DkimSigner(SIGNATURES, keys.of(domain, "s")))
          .isInstanceOf(RookeryException.class);
    }
  }

  private static byte[] sign(String message) {
    return new DkimSigner(SIGNATURES, keys.of("example.com", "s")).sign(octets(message), AT);
  }

  private static List<String> listed(byte[] signed) {
    String names = new NaiveVerifier(signed).signatures().get(0).get("h");
    return Arrays.stream(names.split(":")).map(String::strip).toList();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
