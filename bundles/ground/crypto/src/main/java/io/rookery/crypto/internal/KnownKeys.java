// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import io.rookery.crypto.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;

/**
 * Keys that the whole world knows: published to try implementations with, they protect nothing.
 * Making keys of our own would cost a quarter of a second at each start.
 */
final class KnownKeys {

  /** The primes of testRSA2048 (RFC 9500 §2.1). */
  private static final String P =
      "dd105702382f232b3681f53791e22617c7bf4e9acb81ed48daf6d6995da3eab6"
          + "42839aff012d2ea628b90af279fd3e6f7c93cd80f072f01ff2443b3ee8f24ed4"
          + "69a79613a41bd24020f92fd11059bd1d0f301b5ba7a9d3637ca8d65c1a981541"
          + "7d8eab734b0b4f3a2c661d9a1a82f3ac734c40530669ab8e473045a58e65539d";

  private static final String Q =
      "ccf1e5bb90c8e9781ea75bebf10bc252e11eb023a0260f1887552a56863f4a64"
          + "21e8c600bf523d6cb1b0adbdd65bfee4a88a037e3d1a415e5bb95648da5a0ca2"
          + "6b54f4a63948522c3d5f89b94a72efff95134d5940ce45758f30898090895658"
          + "8eef575b3e4bc4c368cfe813ee9c252c2b02e0df91f1aa01938d38685d60ba6f";

  /** The first test vector of Ed25519 (RFC 8032 §7.1). */
  private static final String SEED =
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

  private static final String POINT =
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

  private KnownKeys() {}

  static KeyPair of(SignatureAlgorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case RSA_SHA256 -> rsa();
      case ED25519 -> ed25519();
    };
  }

  private static KeyPair rsa() throws GeneralSecurityException {
    BigInteger one = BigInteger.ONE;
    BigInteger p = new BigInteger(P, 16);
    BigInteger q = new BigInteger(Q, 16);
    BigInteger n = p.multiply(q);
    BigInteger e = BigInteger.valueOf(65537);
    BigInteger d = e.modInverse(p.subtract(one).multiply(q.subtract(one)));
    KeyFactory factory = KeyFactory.getInstance("RSA");
    PublicKey open = factory.generatePublic(new RSAPublicKeySpec(n, e));
    PrivateKey hidden =
        factory.generatePrivate(
            new RSAPrivateCrtKeySpec(
                n, e, d, p, q, d.mod(p.subtract(one)), d.mod(q.subtract(one)), q.modInverse(p)));
    return new KeyPair(open, hidden);
  }

  private static KeyPair ed25519() throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance("Ed25519");
    byte[] seed = HexFormat.of().parseHex(SEED);
    return new KeyPair(
        factory.generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point())),
        factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
  }

  /** A point is written with its last octet first, whose top bit is the sign of x (§5.1.2). */
  private static EdECPoint point() {
    byte[] octets = HexFormat.of().parseHex(POINT);
    byte[] y = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      y[i] = octets[octets.length - 1 - i];
    }
    boolean odd = (y[0] & 0x80) != 0;
    y[0] &= 0x7F;
    return new EdECPoint(odd, new BigInteger(1, y));
  }
}
