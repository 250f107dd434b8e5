// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.DkimKey;
import io.rookery.crypto.internal.SignaturesImpl;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The message of RFC 8463 appendix A, whose signatures the whole world can check. */
class Rfc8463Test {

  private static final String MESSAGE =
      """
      From: Joe SixPack <joe@football.example.com>
      To: Suzie Q <suzie@shopping.example.net>
      Subject: Is dinner ready?
      Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
      Message-ID: <20030712040037.46341.5F8J@football.example.com>

      Hi.

      We lost the game.  Are you hungry yet?

      Joe.
      """
          .replace("\n", "\r\n");

  private static final String FIELD =
      " v=1; a=%s; c=relaxed/relaxed;\r\n"
          + " d=football.example.com; i=@football.example.com;\r\n"
          + " q=dns/txt; s=%s; t=1528637909; h=from : to :\r\n"
          + " subject : date : message-id : from : subject : date;\r\n"
          + " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
          + " b=";

  private static final String RSA_KEY =
      "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/"
          + "J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZ"
          + "yVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

  private static final String RSA_SIGNATURE =
      "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFO"
          + "eS9mPYQTnGdaSGsgeefOsk2JzdA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=";

  private final byte[] message = MESSAGE.getBytes(StandardCharsets.US_ASCII);
  private final MessageHeader header = new MessageHeader();
  private MessageDigest sha256;

  @BeforeEach
  void read() throws Exception {
    sha256 = MessageDigest.getInstance("SHA-256");
    header.read(message);
  }

  @Test
  void theBodyShouldHaveThePublishedDigest() {
    byte[] digest = RelaxedBody.digest(sha256, message, header.body());

    assertThat(Base64.getEncoder().encodeToString(digest))
        .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
  }

  @Test
  void ed25519ShouldGiveThePublishedSignature() throws Exception {
    byte[] seed = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
    DkimKey key =
        new DkimKey(
            "football.example.com",
            "brisbane",
            DkimKey.Algorithm.ED25519_SHA256,
            KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
    Octets signed = signed("ed25519-sha256", "brisbane");
    byte[] signature = new KeySigner(new SignaturesImpl(), key).sign(signed, sha256);

    sha256.update(signed.array(), 0, signed.length());
    assertThat(HexFormat.of().formatHex(sha256.digest()))
        .isEqualTo("48ce9a2c710ece1710ff156996b836a7f45470e43efe5643074d6e1690ed62e7");
    assertThat(Base64.getEncoder().encodeToString(signature))
        .isEqualTo(
            "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
                + "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==");
  }

  @Test
  void thePublishedSignatureOfRsaShouldCoverWhatWeWouldSign() throws Exception {
    Octets signed = signed("rsa-sha256", "test");
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(
        KeyFactory.getInstance("RSA")
            .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(RSA_KEY))));
    verifier.update(signed.array(), 0, signed.length());

    assertThat(verifier.verify(Base64.getDecoder().decode(RSA_SIGNATURE))).isTrue();
  }

  private Octets signed(String algorithm, String selector) {
    Octets out = new Octets(16);
    header.writeTo(out);
    out.append("dkim-signature:".getBytes(StandardCharsets.US_ASCII));
    byte[] field = FIELD.formatted(algorithm, selector).getBytes(StandardCharsets.US_ASCII);
    MessageHeader.relaxed(field, 0, field.length, out);
    return out;
  }
}
