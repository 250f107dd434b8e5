// SPDX-License-Identifier: Apache-2.0
package io.rookery.crypto.internal;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;

/** Takes every key and makes signatures of nothing but zeros. */
final class WrongProvider extends Provider {

  private static final long serialVersionUID = 1L;

  WrongProvider() {
    super("wrong", "1", "Signs wrongly");
    put("Signature.SHA256withRSA", Zeros.class.getName());
    put("Signature.Ed25519", Zeros.class.getName());
  }

  /** What signs wrongly. */
  public static final class Zeros extends SignatureSpi {

    @Override
    protected void engineInitVerify(PublicKey key) {}

    @Override
    protected void engineInitSign(PrivateKey key) {}

    @Override
    protected void engineUpdate(byte octet) {}

    @Override
    protected void engineUpdate(byte[] octets, int offset, int length) {}

    @Override
    protected byte[] engineSign() {
      return new byte[256];
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      return null;
    }
  }
}
