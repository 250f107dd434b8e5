// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto;

/** What can be signed with. */
public enum SignatureAlgorithm {
  /** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §8.2). */
  RSA_SHA256("SHA256withRSA", "RSA"),
  /** Pure Ed25519 (RFC 8032 §5.1). */
  ED25519("Ed25519", "Ed25519");

  private final String signature;
  private final String key;

  SignatureAlgorithm(String signature, String key) {
    this.signature = signature;
    this.key = key;
  }

  /** Returns the name of the signature in the Java security API. */
  public String signature() {
    return signature;
  }

  /** Returns the name of its keys in the Java security API. */
  public String key() {
    return key;
  }
}
