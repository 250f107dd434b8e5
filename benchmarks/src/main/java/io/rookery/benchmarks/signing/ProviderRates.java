// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.signing;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.rookery.crypto.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.conscrypt.Conscrypt;

/** How fast each implementation signs on one core. */
public final class ProviderRates {

  private static final long WARM = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long MEASURED = TimeUnit.SECONDS.toNanos(1);

  private ProviderRates() {}

  /** Returns signatures a second by name, RSA-2048 and Ed25519. */
  public static Map<String, double[]> measure() throws GeneralSecurityException {
    SigningDomain domain = SigningDomain.create("example.com");
    PrivateKey rsa = domain.rsa().getPrivate();
    PrivateKey ed25519 = domain.ed25519().getPrivate();
    Map<String, double[]> rates = new LinkedHashMap<>();
    Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    Provider conscrypt = Conscrypt.newProvider();
    rates.put(
        "Corretto",
        new double[] {
          rate(corretto, SignatureAlgorithm.RSA_SHA256, own(corretto, "RSA", rsa)),
          rate(corretto, SignatureAlgorithm.ED25519, ed25519)
        });
    rates.put(
        "Conscrypt",
        new double[] {
          rate(conscrypt, SignatureAlgorithm.RSA_SHA256, own(conscrypt, "RSA", rsa)),
          rate(conscrypt, SignatureAlgorithm.ED25519, own(conscrypt, "Ed25519", ed25519))
        });
    rates.put(
        "JDK",
        new double[] {
          rate(Security.getProvider("SunRsaSign"), SignatureAlgorithm.RSA_SHA256, rsa),
          rate(Security.getProvider("SunEC"), SignatureAlgorithm.ED25519, ed25519)
        });
    return rates;
  }

  private static PrivateKey own(Provider provider, String kind, PrivateKey key)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(kind, provider)
        .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
  }

  private static double rate(Provider provider, SignatureAlgorithm algorithm, PrivateKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm.signature(), provider);
    signature.initSign(key);
    count(signature, WARM);
    long begin = System.nanoTime();
    int made = count(signature, MEASURED);
    return made * 1e9 / (System.nanoTime() - begin);
  }

  private static int count(Signature signature, long nanos) throws GeneralSecurityException {
    byte[] header = new byte[1500];
    long end = System.nanoTime() + nanos;
    int made = 0;
    while (System.nanoTime() < end) {
      signature.update(header);
      signature.sign();
      made++;
    }
    return made;
  }
}
